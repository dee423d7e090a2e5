"""Taking files in."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from community import clock
from community.attachments.events import FileAttached
from community.attachments.files import clean_name, keep
from community.attachments.images import encode, is_picture, taken
from community.attachments.models import Attachment
from community.database import action, session
from community.errors import Invalid, TooLarge, TooMany, UnsupportedKind
from community.events import emit
from community.policy import authorize
from community.viewer import Viewer

MOST_BYTES = 8 * 1024 * 1024
DAILY_FILES = 100
MEMBER_BYTES = 500 * 1024 * 1024
PICTURE_NAMES = {"png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tiff", "heic", "avif"}
FILES = {
    "pdf",
    "txt",
    "csv",
    "log",
    "json",
    "xml",
    "zip",
    "gz",
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "ods",
}


@dataclass(frozen=True)
class Incoming:
    """A file as it will be kept; a picture is written anew before the transaction begins."""

    name: str
    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def check_file(name: str, content: bytes) -> Incoming:
    """Raise the refusal that says what is taken instead."""
    if not content:
        raise Invalid({"file": _("The file is empty.")})
    if len(content) > MOST_BYTES:
        raise TooLarge(taken(), field="file")
    if is_picture(content):
        picture = encode(content)
        name = clean_name(name, picture.extension)
        return Incoming(name, picture.content, picture.media_type, picture.width, picture.height)
    extension = name.rsplit(".", 1)[-1].lower()
    if extension in PICTURE_NAMES:
        raise UnsupportedKind(taken(), field="file")
    if extension not in FILES:
        raise UnsupportedKind(
            _(
                "Files of this kind are not taken; these are: %(kinds)s.",
                kinds=", ".join(sorted(FILES)),
            ),
            field="file",
        )
    return Incoming(clean_name(name), content, "application/octet-stream")


@action
def attach(file: Incoming, *, by: Viewer) -> Attachment:
    """Keep the file for its uploader; a text that shows it lends it its readers."""
    authorize(by, "attachment.upload")
    assert by.member_id
    _check_allowance(by.member_id, len(file.content))
    attachment = Attachment(
        uploader_id=by.member_id,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        width=file.width,
        height=file.height,
        digest=keep(file.content),
    )
    session.add(attachment)
    session.flush()
    emit(
        FileAttached(
            actor_id=by.member_id,
            attachment_id=attachment.id,
            media_type=file.media_type,
            size=attachment.size,
        )
    )
    return attachment


def _check_allowance(member_id: int, size: int) -> None:
    own = Attachment.uploader_id == member_id
    since = clock.now() - timedelta(days=1)
    today = session.scalar(select(func.count()).where(own, Attachment.created_at > since)) or 0
    if today >= DAILY_FILES:
        raise TooMany(_("At most %(most)s files a day.", most=DAILY_FILES), retry_after=3600)
    used = session.scalar(select(func.sum(Attachment.size)).where(own)) or 0
    if used + size > MEMBER_BYTES:
        raise TooLarge(_("Your files take more than 500 MB; delete some first."), field="file")


def markdown_of(attachment: Attachment) -> str:
    """How a text shows or offers it."""
    address = f"/files/{attachment.public_id}/{attachment.name.replace(' ', '%20')}"
    label = attachment.name.replace("[", "(").replace("]", ")")
    sign = "!" if attachment.media_type.startswith("image/") else ""
    address = address.replace("(", "%28").replace(")", "%29")
    return f"{sign}[{label}]({address})"
