"""Pictures of members: cut square and written anew as WebP, without what the camera noted."""

import hashlib
import io
import os
import warnings
from pathlib import Path

from flask_babel import gettext as _
from PIL import Image, ImageOps

from community.attachments.models import Attachment
from community.config import settings
from community.errors import Invalid, TooLarge, UnsupportedKind
from community.identifiers import new_public_id

SIDE = 256
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("PNG", "JPEG", "GIF", "WEBP")


def encode_picture(given: bytes) -> bytes:
    """Square WebP of at most 256 pixels; raise a refusal for what is not a picture we take."""
    if not given:
        raise Invalid({"picture": _("The file is empty.")})
    if len(given) > MOST_BYTES:
        raise TooLarge(_taken(), field="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(given), formats=KINDS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Invalid({"picture": _taken()})
                image.draft("RGB", (SIDE * 2, SIDE * 2))
                upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid({"picture": _taken()}) from None
    except (OSError, ValueError, SyntaxError):
        raise UnsupportedKind(_taken(), field="picture") from None
    side = min(SIDE, *upright.size)
    square = ImageOps.fit(upright, (side, side))
    written = io.BytesIO()
    square.save(written, "WEBP", quality=82, method=4, exif=b"")
    return written.getvalue()


def keep_picture(encoded: bytes, *, uploader_id: int) -> Attachment:
    """Write the file and return its row, not yet stored. The file's name says nothing."""
    picture = Attachment(
        public_id=new_public_id(),
        uploader_id=uploader_id,
        name="picture.webp",
        media_type="image/webp",
        size=len(encoded),
        digest=hashlib.sha256(encoded).hexdigest(),
    )
    path = picture_path(picture.public_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_bytes(encoded)
    os.replace(partial, path)
    return picture


def picture_path(public_id: str) -> Path:
    return settings().data_dir / "pictures" / f"{public_id}.webp"


def delete_picture_file(public_id: str) -> None:
    picture_path(public_id).unlink(missing_ok=True)


def _taken() -> str:
    return _("Pictures: PNG, JPEG, GIF, WebP up to 8 MB and 40 MP.")
