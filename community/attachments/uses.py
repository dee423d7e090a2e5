"""Which texts use which attachments; joins the action that stores the text."""

import re
from collections.abc import Iterable, Sequence, Set

from sqlalchemy import Row, delete, select

from community.attachments.models import Attachment, AttachmentUse
from community.database import session
from community.identifiers import ALPHABET, LENGTH
from community.sending import insert_once

ADDRESS = re.compile(rf"(?:^|(?<=[\"'(/ ]))/?files/([{ALPHABET}]{{{LENGTH}}})(?:/|\b)")


def set_uses(text_id: int, source: str, *, author_id: int) -> None:
    """Lend the readers of a text that was changed the attachments it names now."""
    before = set(
        session.scalars(select(AttachmentUse.attachment_id).where(AttachmentUse.text_id == text_id))
    )
    lend(text_id, source, author_id=author_id, shown=before)


def lend(text_id: int, source: str, *, author_id: int, shown: Set[int] = frozenset()) -> None:
    """Lend the text's readers the attachments it names.

    Only those its author uploaded, or that it has `shown` already: naming somebody else's file
    opens nothing.
    """
    found = _named(source)
    used = {key for key, uploader in found if uploader == author_id or key in shown}
    _drop(text_id, shown - used)
    for key in sorted(used - shown):
        insert_once(AttachmentUse, text_id=text_id, attachment_id=key)


def _named(source: str) -> Sequence[Row[int, int]]:
    named = set(ADDRESS.findall(source))
    if not named:
        return ()
    return session.execute(
        select(Attachment.id, Attachment.uploader_id).where(Attachment.public_id.in_(named))
    ).all()


def _drop(text_id: int, keys: Iterable[int]) -> None:
    keys = list(keys)
    if keys:
        session.execute(
            delete(AttachmentUse).where(
                AttachmentUse.text_id == text_id, AttachmentUse.attachment_id.in_(keys)
            )
        )
