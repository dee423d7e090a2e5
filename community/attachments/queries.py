"""Finding an attachment."""

from sqlalchemy import select

from community.attachments.models import Attachment
from community.database import session


def attachment_named(public_id: str) -> Attachment | None:
    """Whoever asks; the caller checks who may open it."""
    return session.scalar(select(Attachment).where(Attachment.public_id == public_id))
