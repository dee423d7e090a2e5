"""Storing and changing texts. Each joins the action of the subject the text belongs to."""

import re
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, insert, select, update

from community import clock
from community.attachments.uses import lend, set_uses
from community.database import session, table_of
from community.sending import insert_once, send, send_row
from community.texts.models import Draft, Mention, Revision, Submission, Text
from community.texts.preparation import Prepared, check_line
from community.viewer import Viewer

SUMMARY_LENGTH = 200
FOLDED_WITHIN = timedelta(minutes=5)

# Built once: every reply sends them.
ADD_TEXT = insert(table_of(Text))
ADD_REVISION = insert(table_of(Revision))
BELONGS_TO = (
    update(table_of(Text))
    .where(table_of(Text).c.id == bindparam("key"))
    .values(subject_kind=bindparam("kind"), subject_id=bindparam("subject"))
)
DISCARD_DRAFT = delete(table_of(Draft)).where(
    table_of(Draft).c.member_id == bindparam("member"), table_of(Draft).c.place == bindparam("at")
)
NOTE_SUBMISSION = (
    update(table_of(Submission))
    .where(
        table_of(Submission).c.token == bindparam("sent"),
        table_of(Submission).c.member_id == bindparam("member"),
    )
    .values(subject_kind=bindparam("kind"), subject_id=bindparam("subject"))
)


def store_text(prepared: Prepared, *, author_id: int, title: str = "") -> int:
    """The id of a new text with its first revision; `belongs_to` tells it whose it is."""
    text = {
        "source": prepared.source,
        "format": prepared.format,
        "language": prepared.language,
        "html": prepared.rendered.html,
        "plain": prepared.rendered.plain,
        "renderer": str(prepared.rendered.renderer),
    }
    text_id = send_row(ADD_TEXT, text)
    _add_revision(text_id, 1, prepared, author_id, title, "")
    _add_mentions(text_id, prepared)
    lend(text_id, prepared.source, author_id=author_id)
    return text_id


def belongs_to(text_id: int, kind: str, subject_id: int) -> None:
    send(BELONGS_TO, {"key": text_id, "kind": kind, "subject": subject_id})


def change_text(
    text: Text,
    prepared: Prepared,
    *,
    by: Viewer,
    title: str = "",
    summary: str = "",
    each_kept: bool = False,
) -> bool:
    """Replace the text. Return whether a new revision was made.

    What one author changes within five minutes is one revision, unless `each_kept`; it takes the
    next number all the same, so that who edits at the same time is told. The same text again is
    none. The first edit of an imported HTML text turns it into Markdown.
    """
    assert by.member_id
    summary = check_line(
        summary, field="summary", limit=SUMMARY_LENGTH, label=_("Summary"), required=False
    )
    last = session.get_one(Revision, _last_revision_id(text))
    if prepared.source == text.source and title == last.title:
        return False
    text.source, text.format, text.language = prepared.source, prepared.format, prepared.language
    text.html, text.plain = prepared.rendered.html, prepared.rendered.plain
    text.renderer = str(prepared.rendered.renderer)
    text.edited_at, text.edited_by_id = clock.now(), by.member_id
    session.execute(delete(Mention).where(Mention.text_id == text.id))
    _add_mentions(text.id, prepared)
    set_uses(text.id, text.source, author_id=by.member_id)
    if not each_kept and _folds(last, by, summary):
        last.source, last.title = prepared.source, title
        last.number = text.revision = last.number + 1
        return False
    text.revision = last.number + 1
    _add_revision(text.id, text.revision, prepared, by.member_id, title, summary)
    return True


def _folds(last: Revision, by: Viewer, summary: str) -> bool:
    recent = clock.now() - last.at < FOLDED_WITHIN
    return recent and last.author_id == by.member_id and last.number > 1 and not summary


def _last_revision_id(text: Text) -> int:
    return session.scalars(
        select(Revision.id)
        .where(Revision.text_id == text.id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one()


def _add_revision(
    text_id: int, number: int, prepared: Prepared, author_id: int, title: str, summary: str
) -> None:
    send(
        ADD_REVISION,
        {
            "text_id": text_id,
            "number": number,
            "source": prepared.source,
            "format": prepared.format,
            "title": title,
            "summary": summary,
            "author_id": author_id,
            "at": clock.now(),
        },
    )


def _add_mentions(text_id: int, prepared: Prepared) -> None:
    if prepared.mentioned:
        session.execute(
            insert(Mention),
            [{"text_id": text_id, "member_id": member} for member in prepared.mentioned],
        )


# Drafts and double submits ---------------------------------------------------


def discard_draft(member_id: int, place: str) -> None:
    send(DISCARD_DRAFT, {"member": member_id, "at": place})


def take_submission(token: str, *, by: Viewer) -> Submission | None:
    """What an earlier sending of the same form made, or `None` if this is the first.

    The token is claimed by inserting it: of two sendings at once, the second waits for the first.
    """
    if not _is_token(token):
        return None
    claim = {"token": token, "member_id": by.member_id, "at": clock.now()}
    if insert_once(Submission, **claim, subject_kind="", subject_id=0):
        return None
    return sent_before(token, by=by)


def note_submission(token: str, kind: str, subject_id: int, *, by: Viewer) -> None:
    """Say what the form made; joins the action that took the token."""
    if _is_token(token):
        made = {"sent": token, "member": by.member_id, "kind": kind, "subject": subject_id}
        send(NOTE_SUBMISSION, made)


def sent_before(token: str, *, by: Viewer) -> Submission | None:
    """What the form with this token has made, without claiming it."""
    if not _is_token(token):
        return None
    mine = (Submission.token == token, Submission.member_id == by.member_id)
    return session.scalar(select(Submission).where(*mine).execution_options(populate_existing=True))


def _is_token(token: str) -> bool:
    """A form's token is ours to give; whatever else stands there names nothing."""
    return bool(re.fullmatch(r"[\w-]{1,40}", token, re.ASCII))
