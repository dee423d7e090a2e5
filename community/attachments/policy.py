"""Who may attach, and who may open what is attached."""

from sqlalchemy import false, select, true

from community.attachments.models import Attachment, AttachmentUse
from community.database import session
from community.policy import may_see, readable, rule
from community.subjects import subject_at
from community.texts.models import Text
from community.viewer import Viewer


def may_open(viewer: Viewer, attachment: Attachment) -> bool:
    """Who uploaded it, and who may read a text that uses it."""
    if viewer.member_id is not None and attachment.uploader_id == viewer.member_id:
        return True
    texts = session.scalars(
        select(Text)
        .join(AttachmentUse, AttachmentUse.text_id == Text.id)
        .where(AttachmentUse.attachment_id == attachment.id)
    )
    return any(_may_read(viewer, text) for text in texts)


def _may_read(viewer: Viewer, text: Text) -> bool:
    subject = subject_at(text.subject_kind, text.subject_id)
    return subject is not None and may_see(viewer, subject)


def _own(viewer: Viewer):
    """Lists show one's own alone; others' are reached through the texts that use them."""
    if viewer.is_system:
        return true()
    return Attachment.uploader_id == viewer.member_id if viewer.member_id else false()


readable(Attachment, check=may_open, filter=_own)


@rule("attachment.upload")
def upload(viewer: Viewer, _target: object) -> bool:
    return viewer.member is not None and not viewer.silenced
