"""Pictures of members: cut square and written anew as WebP, without what the camera noted."""

import io
import warnings
from pathlib import Path

from flask_babel import gettext as _
from PIL import Image, ImageOps
from sqlalchemy import select

from community.attachments.files import keep, path_of
from community.attachments.models import Attachment
from community.database import session
from community.errors import Invalid, TooLarge, UnsupportedKind
from community.identifiers import new_public_id
from community.members.models import Profile

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
    """Write the file and return its row, not yet stored."""
    with Image.open(io.BytesIO(encoded)) as image:
        width, height = image.size
    return Attachment(
        public_id=new_public_id(),
        uploader_id=uploader_id,
        name="picture.webp",
        media_type="image/webp",
        size=len(encoded),
        width=width,
        height=height,
        digest=keep(encoded),
    )


def picture_file(public_id: str) -> Path | None:
    """Where a picture lies that some profile shows; other files are not for everybody's eyes."""
    digest = session.scalar(
        select(Attachment.digest)
        .join(Profile, Profile.picture_id == Attachment.id)
        .where(Attachment.public_id == public_id)
    )
    path = path_of(digest) if digest else None
    return path if path and path.is_file() else None


def delete_unnamed_file(digest: str) -> None:
    """Delete a file unless another row names it still; after the commit that took its row."""
    if session.scalar(select(Attachment.id).where(Attachment.digest == digest)) is None:
        path_of(digest).unlink(missing_ok=True)
    session.rollback()


def _taken() -> str:
    return _("Pictures: PNG, JPEG, GIF, WebP up to 8 MB and 40 MP.")
