"""Files that no text took up within a day are thrown away."""

from datetime import timedelta

from sqlalchemy import delete, select

from community import clock
from community.attachments.files import path_of
from community.attachments.models import Attachment, AttachmentUse
from community.database import session, write_transaction
from community.jobs import periodic
from community.members.models import Profile

KEPT = timedelta(days=1)


@periodic("attachments.sweep", hours=6)
def sweep() -> None:
    """Delete the rows first, then the files no row names any more."""
    unused = (
        select(Attachment.id)
        .where(
            Attachment.created_at < clock.now() - KEPT,
            Attachment.id.not_in(select(AttachmentUse.attachment_id)),
            Attachment.id.not_in(select(Profile.picture_id).where(Profile.picture_id.is_not(None))),
        )
        .limit(500)
    )
    with write_transaction():
        gone = session.execute(
            delete(Attachment).where(Attachment.id.in_(unused)).returning(Attachment.digest)
        ).all()
    for (digest,) in gone:
        if session.scalar(select(Attachment.id).where(Attachment.digest == digest)) is None:
            path_of(digest).unlink(missing_ok=True)
