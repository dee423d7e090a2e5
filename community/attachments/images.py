"""Pictures written anew, so that nothing comes along but what can be seen."""

import io
import warnings
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps, ImageSequence

from community.errors import Invalid, UnsupportedKind

MOST_PIXELS = 40_000_000
MOST_FRAMES = 300
WIDEST = 3000
KINDS = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str
    extension: str
    width: int
    height: int


def taken() -> str:
    return _("Pictures: PNG, JPEG, GIF, WebP up to 8 MB and 40 MP.")


def is_picture(content: bytes) -> bool:
    """By its first bytes, never by its name."""
    return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def encode(content: bytes) -> Picture:
    """Read and write the picture anew, upright, without metadata, at most 3000 pixels wide.

    Raise `Invalid` for one too large in pixels, which its head tells before it is unpacked, and
    `UnsupportedKind` for what cannot be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(KINDS)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Invalid({"file": taken()})
                return _write(image, image.format or "PNG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid({"file": taken()}) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise UnsupportedKind(taken(), field="file") from None


def _write(image: Image.Image, kind: str) -> Picture:
    media_type, extension = KINDS[kind]
    written = io.BytesIO()
    if getattr(image, "n_frames", 1) > 1:
        frames = [
            _small(frame) for _, frame in zip(range(MOST_FRAMES), _frames(image), strict=False)
        ]
        frames[0].save(
            written,
            kind,
            save_all=True,
            append_images=frames[1:],
            duration=image.info.get("duration", 100),
            loop=image.info.get("loop", 0),
        )
        return Picture(written.getvalue(), media_type, extension, *frames[0].size)
    upright = _small(ImageOps.exif_transpose(image))
    if kind == "JPEG":
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        clean = upright.convert("RGBA")
    else:
        clean.paste(upright)
    clean.save(written, kind, quality=85, optimize=kind in ("PNG", "JPEG"))
    return Picture(written.getvalue(), media_type, extension, *clean.size)


def _frames(image: Image.Image):
    return (frame.convert("RGBA") for frame in ImageSequence.Iterator(image))


def _small(image: Image.Image) -> Image.Image:
    if image.width <= WIDEST:
        return image.copy()
    return image.resize((WIDEST, max(1, image.height * WIDEST // image.width)))
