"""Opening threads and writing posts."""

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, insert, select, update

from community import clock
from community.audiences import Audience
from community.database import UTCDateTime, action, session, table_of
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.sending import send, send_row
from community.subjects import Subject
from community.texts.actions import (
    belongs_to,
    discard_draft,
    note_submission,
    store_text,
    take_submission,
)
from community.texts.preparation import Prepared
from community.threads.events import (
    PostWritten,
)
from community.threads.models import Post, ReadState, Thread
from community.viewer import Viewer


class Written(NamedTuple):
    """A post that was just written: its id, and where and when it stands in its thread."""

    id: int
    number: int
    at: datetime


# Built once: every reply sends them.
THREAD, POST, READ = table_of(Thread), table_of(Post), table_of(ReadState)
ADD_POST = insert(POST)
COUNT_POST = (
    update(THREAD)
    .where(THREAD.c.id == bindparam("key"))
    .values(
        last_number=THREAD.c.last_number + 1,
        post_count=THREAD.c.post_count + 1,
        last_post_at=bindparam("now"),
        last_author_id=bindparam("by"),
        first_response_at=func.coalesce(
            THREAD.c.first_response_at, bindparam("response", type_=UTCDateTime)
        ),
    )
    .returning(THREAD.c.last_number)
)
READ_OWN = (
    update(READ)
    .where(
        READ.c.member_id == bindparam("member"),
        READ.c.thread_id == bindparam("thread"),
        READ.c.number == bindparam("before"),
    )
    .values(number=bindparam("post"), at=bindparam("now"))
)
OPENING_POST = select(POST.c.id, POST.c.author_id).where(
    POST.c.thread_id == bindparam("thread"), POST.c.number == 1
)


def add_with_thread(kind: str, subject: Any) -> None:
    """Add what is being made, tell its text whose it is and open its conversation.

    Joins that subject's action, which flushes the thread's number with what else it sets.
    """
    session.add(subject)
    session.flush()
    belongs_to(subject.text_id, kind, subject.id)
    subject.thread_id = open_thread(kind, subject, space_id=subject.space_id).id


def open_thread(
    kind: str,
    subject: Subject,
    *,
    space_id: int | None,
    purpose: str = "",
    audience: Audience | None = None,
) -> Thread:
    """The thread of a subject that is being made; joins that subject's action.

    Staff notes are a second thread, with a `purpose` and a narrower `audience`.
    """
    thread = Thread(
        subject_kind=kind,
        subject_id=subject.id,
        purpose=purpose,
        space_id=space_id,
        audience_id=audience.id if audience else subject.audience_id,
        state=subject.state,
        author_id=subject.author_id,
        created_at=subject.created_at,
    )
    session.add(thread)
    session.flush()
    return thread


@action
def write_post(
    thread: Thread,
    text: Prepared,
    *,
    by: Viewer,
    reply_to: Post | None = None,
    submission: str = "",
) -> Post:
    """Post in the thread. Sending the same form twice gives the first post again."""
    written = reply(thread, text, by=by, reply_to=reply_to, submission=submission)
    return session.get_one(Post, written.id)


@action
def reply(
    thread: Thread,
    text: Prepared,
    *,
    by: Viewer,
    reply_to: Post | None = None,
    submission: str = "",
) -> Written:
    """Post in the thread, for those who need to know no more than where the post stands."""
    authorize(by, "thread.reply", thread)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == "post":
        first = session.get_one(Post, sent.subject_id)
        return Written(first.id, first.number, first.created_at)
    if reply_to and reply_to.thread_id != thread.id:
        raise Conflict(_("The post you answer is no longer in this conversation."))
    written = add_post(thread, text, author_id=own_id(by), reply_to=reply_to)
    _read_own(thread, written, own_id(by))
    note_submission(submission, "post", written.id, by=by)
    discard_draft(own_id(by), f"reply:{thread.public_id}")
    return written


def add_post(
    thread: Thread,
    text: Prepared,
    *,
    author_id: int,
    reply_to: Post | None = None,
    opening: bool = False,
) -> Written:
    """Append a post; joins an action that has authorized."""
    text_id = store_text(text, author_id=author_id)
    number, at = _next_number(thread, author_id, opening), clock.now()
    post = {
        "thread_id": thread.id,
        "space_id": thread.space_id,
        "number": number,
        "text_id": text_id,
        "reply_to_id": reply_to.id if reply_to else None,
        "audience_id": thread.audience_id,
        "author_id": author_id,
        "created_at": at,
    }
    written = Written(send_row(ADD_POST, post), number, at)
    belongs_to(text_id, "post", written.id)
    addressed = _addressed(thread, reply_to, opening)
    emit(
        PostWritten(
            actor_id=author_id,
            space_id=thread.space_id,
            audience_id=thread.audience_id,
            post_id=written.id,
            thread_id=thread.id,
            subject_kind=thread.subject_kind,
            subject_id=thread.subject_id,
            opening=opening,
            to_post_id=addressed[0],
            to_member_id=addressed[1],
        )
    )
    return written


def _next_number(thread: Thread, author_id: int, opening: bool) -> int:
    """Count and number the post by SQL: two at once get two numbers."""
    responds = not opening and author_id != thread.author_id
    now = clock.now()
    post = {"key": thread.id, "by": author_id, "now": now, "response": now if responds else None}
    return send(COUNT_POST, post).scalar_one()


def _read_own(thread: Thread, written: Written, author_id: int) -> None:
    """Nobody's own post is new to them: where they had read all before it, they have read it."""
    mark = {"member": author_id, "thread": thread.id, "before": written.number - 1}
    send(READ_OWN, mark | {"post": written.number, "now": written.at})


def _addressed(thread: Thread, reply_to: Post | None, opening: bool) -> tuple[int | None, int]:
    """The post that is answered and whose it is: in a topic its first, if no other is named."""
    if reply_to:
        return reply_to.id, reply_to.author_id
    if opening or thread.subject_kind != "topic":
        return None, thread.author_id
    first = send(OPENING_POST, {"thread": thread.id}).first()
    return (first.id, first.author_id) if first else (None, thread.author_id)


def own_id(viewer: Viewer) -> int:
    assert viewer.member_id is not None
    return viewer.member_id
