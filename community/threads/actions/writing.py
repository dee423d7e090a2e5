"""Opening threads and writing posts."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from community import clock
from community.audiences import Audience
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
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
from community.versions import touch
from community.viewer import Viewer


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
    authorize(by, "thread.reply", thread)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == "post":
        return session.get_one(Post, sent.subject_id)
    if reply_to and reply_to.thread_id != thread.id:
        raise Conflict(_("The post you answer is no longer in this conversation."))
    post = add_post(thread, text, author_id=own_id(by), reply_to=reply_to)
    _read_own(post)
    note_submission(submission, "post", post.id, by=by)
    discard_draft(own_id(by), f"reply:{thread.public_id}")
    return post


def add_post(
    thread: Thread,
    text: Prepared,
    *,
    author_id: int,
    reply_to: Post | None = None,
    opening: bool = False,
) -> Post:
    """Append a post; joins an action that has authorized."""
    stored = store_text(text, author_id=author_id)
    post = Post(
        thread_id=thread.id,
        space_id=thread.space_id,
        number=_next_number(thread, author_id, opening),
        text_id=stored.id,
        reply_to_id=reply_to.id if reply_to else None,
        audience_id=thread.audience_id,
        author_id=author_id,
        created_at=clock.now(),
    )
    session.add(post)
    session.flush()
    touch("space", thread.space_id)
    belongs_to(stored, "post", post.id)
    addressed = reply_to or (None if opening else _opening_post(thread))
    emit(
        PostWritten(
            actor_id=author_id,
            space_id=thread.space_id,
            audience_id=thread.audience_id,
            post_id=post.id,
            thread_id=thread.id,
            subject_kind=thread.subject_kind,
            subject_id=thread.subject_id,
            opening=opening,
            to_post_id=addressed.id if addressed else None,
            to_member_id=addressed.author_id if addressed else thread.author_id,
        )
    )
    return post


def _next_number(thread: Thread, author_id: int, opening: bool) -> int:
    """Count and number the post by SQL: two at once get two numbers."""
    now = clock.now()
    values: dict[str, Any] = {
        "last_number": Thread.last_number + 1,
        "post_count": Thread.post_count + 1,
        "last_post_at": now,
        "last_author_id": author_id,
        "version": Thread.version + 1,
    }
    if not opening and author_id != thread.author_id:
        values["first_response_at"] = func.coalesce(Thread.first_response_at, now)
    return session.scalars(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(values)
        .returning(Thread.last_number)
        .execution_options(synchronize_session=False)
    ).one()


def _read_own(post: Post) -> None:
    """Nobody's own post is new to them: where they had read all before it, they have read it."""
    session.execute(
        update(ReadState)
        .where(
            ReadState.member_id == post.author_id,
            ReadState.thread_id == post.thread_id,
            ReadState.number == post.number - 1,
        )
        .values(number=post.number, at=post.created_at)
    )


def _opening_post(thread: Thread) -> Post | None:
    if thread.subject_kind != "topic":
        return None
    return session.scalar(select(Post).where(Post.thread_id == thread.id, Post.number == 1))


def own_id(viewer: Viewer) -> int:
    assert viewer.member_id is not None
    return viewer.member_id
