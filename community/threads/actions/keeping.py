"""What befalls a whole thread: its state, its lock, its place. Each joins an action."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update

from community import clock
from community.database import session
from community.spaces.models import Space
from community.subjects import State
from community.threads.models import Post, Thread

Follower = Callable[[Thread, Space], None]

_followers: list[Follower] = []


def moves_along(follower: Follower) -> Follower:
    """Let a room carry its rows about a thread into the thread's new space, in the same action."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


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
    for follow in _followers:
        follow(thread, space)
