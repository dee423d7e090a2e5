"""Which texts use which attachments; joins the action that stores the text."""

import re
from collections.abc import Iterable

from sqlalchemy import delete, select

from community.attachments.models import Attachment, AttachmentUse
from community.database import insert_once, session
from community.identifiers import ALPHABET, LENGTH

ADDRESS = re.compile(rf"(?:^|(?<=[\"'(/ ]))/?files/([{ALPHABET}]{{{LENGTH}}})(?:/|\b)")


def set_uses(text_id: int, source: str, *, author_id: int) -> None:
    """Lend the text's readers the attachments it names.

    Only those its author uploaded, or that it showed already: naming somebody else's file opens
    nothing.
    """
    named = set(ADDRESS.findall(source))
    before = set(
        session.scalars(select(AttachmentUse.attachment_id).where(AttachmentUse.text_id == text_id))
    )
    found = session.execute(
        select(Attachment.id, Attachment.uploader_id).where(Attachment.public_id.in_(named))
    ).all()
    used = {key for key, uploader in found if uploader == author_id or key in before}
    _drop(text_id, before - used)
    for key in sorted(used - before):
        insert_once(AttachmentUse, text_id=text_id, attachment_id=key)


def _drop(text_id: int, keys: Iterable[int]) -> None:
    keys = list(keys)
    if keys:
        session.execute(
            delete(AttachmentUse).where(
                AttachmentUse.text_id == text_id, AttachmentUse.attachment_id.in_(keys)
            )
        )
