"""Opening threads, and writing, changing and removing posts."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from community import clock
from community.audiences import Audience
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.spaces.models import Space
from community.subjects import State, Subject
from community.texts.actions import (
    belongs_to,
    change_text,
    discard_draft,
    note_submission,
    store_text,
    take_submission,
)
from community.texts.preparation import Prepared
from community.threads.events import (
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
    PostWritten,
)
from community.threads.models import Post, ReadState, Thread
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
    post = add_post(thread, text, author_id=_own_id(by), reply_to=reply_to)
    _read_own(post)
    note_submission(submission, "post", post.id, by=by)
    discard_draft(_own_id(by), f"reply:{thread.public_id}")
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
    _touch_space(thread.space_id)
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


@action
def edit_post(post: Post, text: Prepared, *, by: Viewer, base: int, summary: str = "") -> None:
    """Change the post's text. `base` is the revision the editor began with."""
    authorize(by, "post.edit", post)
    if base != post.text.revision:
        raise Conflict(
            _(
                "This post was changed while you were editing. "
                "Your text is below; compare and send again."
            )
        )
    change_text(post.text, text, by=by, summary=summary)
    discard_draft(_own_id(by), f"edit:{post.public_id}")
    _touch(post)
    emit(
        PostEdited(
            **_about(post, by),
            author_id=post.author_id,
            revision=post.text.revision,
        )
    )


@action
def delete_post(post: Post, *, by: Viewer) -> None:
    """Take the post away; it can be restored."""
    authorize(by, "post.delete", post)
    set_post_state(post, State.DELETED, by)
    emit(PostDeleted(**_about(post, by), author_id=post.author_id))


@action
def hide_post(post: Post, *, by: Viewer) -> None:
    """Put the post out of sight until a moderator decides."""
    authorize(by, "post.hide", post)
    set_post_state(post, State.HIDDEN, by)
    emit(PostHidden(**_about(post, by), author_id=post.author_id))


@action
def restore_post(post: Post, *, by: Viewer) -> None:
    authorize(by, "post.restore", post)
    set_post_state(post, State.PUBLISHED, by)
    emit(PostRestored(**_about(post, by), author_id=post.author_id))


def set_post_state(post: Post, state: State, by: Viewer) -> None:
    """Change the state and recount, so that repeating it changes nothing."""
    at: datetime | None = clock.now() if state == State.DELETED else None
    post.state, post.deleted_at = state, at
    post.deleted_by_id = by.member_id if state == State.DELETED else None
    _touch(post)
    session.flush()
    shown = (Post.thread_id == post.thread_id, Post.state == State.PUBLISHED)
    by_others = Post.author_id != Thread.author_id
    session.execute(
        update(Thread)
        .where(Thread.id == post.thread_id)
        .values(
            post_count=select(func.count()).where(*shown).scalar_subquery(),
            first_response_at=select(func.min(Post.created_at))
            .where(*shown, by_others)
            .correlate(Thread)
            .scalar_subquery(),
        )
        .execution_options(synchronize_session=False)
    )
    _touch_space(post.space_id)


def _touch_space(space_id: int | None) -> None:
    """Lists of the space show how many posts each thread has."""
    if space_id:
        session.execute(
            update(Space)
            .where(Space.id == space_id)
            .values(version=Space.version + 1)
            .execution_options(synchronize_session=False)
        )


def set_thread_state(thread: Thread, state: State) -> None:
    """Follow the subject's state; joins the subject's action."""
    session.execute(
        update(Thread).where(Thread.id == thread.id).values(state=state, version=Thread.version + 1)
    )


def lock_thread(thread: Thread) -> bool:
    """Close it to all but those who moderate; say whether it was open. Joins an action."""
    return _set_lock(thread, thread.locked_at is None, clock.now())


def unlock_thread(thread: Thread) -> bool:
    """Open it again; say whether it was closed. Joins an action."""
    return _set_lock(thread, thread.locked_at is not None, None)


def _set_lock(thread: Thread, changes: bool, at: datetime | None) -> bool:
    if changes:
        thread.locked_at, thread.version = at, Thread.version + 1
        session.flush()
    return changes


def move_thread(thread: Thread, space: Space) -> None:
    """Carry the thread and its posts into another space's audience; joins an action."""
    session.execute(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(space_id=space.id, audience_id=space.audience_id, version=Thread.version + 1)
    )
    session.execute(
        update(Post)
        .where(Post.thread_id == thread.id)
        .values(space_id=space.id, audience_id=space.audience_id, version=Post.version + 1)
    )


def _touch(post: Post) -> None:
    post.version = Post.version + 1
    session.execute(
        update(Thread).where(Thread.id == post.thread_id).values(version=Thread.version + 1)
    )


def _about(post: Post, by: Viewer) -> dict[str, int | None]:
    return {
        "actor_id": by.member_id,
        "space_id": post.space_id,
        "audience_id": post.audience_id,
        "post_id": post.id,
        "thread_id": post.thread_id,
    }


def _own_id(viewer: Viewer) -> int:
    assert viewer.member_id is not None
    return viewer.member_id
