"""Pages of a thread, by number: the last is as near as the first; and how a member stands to it."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select

from community.database import session
from community.keeping.alike import ask
from community.keeping.statements import given
from community.policy import visible
from community.subjects import State
from community.texts.models import Draft
from community.threads.models import Post, ReadState, Thread
from community.viewer import Viewer

PER_PAGE = 20


def last_shown(thread: Thread, viewer: Viewer) -> int:
    """The number of the last post that the viewer can read, 0 if there is none. Asks the database
    only where posts were taken away.
    """
    if thread.post_count == thread.last_number:
        return thread.last_number
    readable = select(Post.number).where(Post.thread_id == thread.id, visible(Post, viewer))
    return session.scalar(readable.order_by(Post.number.desc()).limit(1)) or 0


def window_start(number: int, *, end: int) -> int:
    """The first number of the page that holds `number`; what lies outside is brought inside.

    Pages are fixed stretches of numbers, so that a post stays on its page for good.
    """
    inside = max(1, min(number, end))
    return (inside - 1) // PER_PAGE * PER_PAGE + 1


def page_of(number: int) -> int:
    """Which page a post stands on, counted from 1."""
    return (max(1, number) - 1) // PER_PAGE + 1


@dataclass(frozen=True)
class Standing:
    """What a member has to do with a thread.

    `read` is how far they have read, `None` if they never opened it; `first_unread` the number of
    the first post by somebody else after that; `draft` what they were typing here.
    """

    read: int | None = None
    first_unread: int | None = None
    draft: str = ""


class Stands(NamedTuple):
    """As `how_stands` gives it: the number of what the viewer has read, if they opened it; where
    what is by others begins after that; whether there is a draft, or a post that only they see.
    """

    read: int | None
    first_unread: int | None
    draft: bool
    out_of_sight: bool
    views: int


def standing_in(thread: Thread, viewer: Viewer) -> Standing:
    if viewer.member_id is None:
        return Standing()
    place = f"reply:{thread.public_id}"
    rows = ask(viewer, "thread", how_stands, thread=thread.id, place=place)
    stands = Stands(*rows[0])
    draft = _drafted(place, viewer) if stands.draft else ""
    return Standing(stands.read, stands.first_unread, draft)


def how_stands(viewer: Viewer) -> Select[int, int, bool, bool, int]:
    """How the viewer stands to the thread given as `thread`, with a draft for it at `place`; and
    how often that was read.
    """
    thread, member = given("thread"), viewer.member_id
    read = (
        select(ReadState.number)
        .where(ReadState.member_id == member, ReadState.thread_id == thread)
        .scalar_subquery()
    )
    unread = (
        select(func.min(Post.number))
        .where(
            Post.thread_id == thread,
            Post.number > func.coalesce(read, 0),
            Post.author_id != member,
            Post.state == State.PUBLISHED,
        )
        .scalar_subquery()
    )
    draft = exists().where(Draft.member_id == member, Draft.place == given("place"))
    out_of_sight = exists().where(
        Post.thread_id == thread, Post.author_id == member, Post.state != State.PUBLISHED
    )
    views = select(Thread.view_count).where(Thread.id == thread).scalar_subquery()
    return select(read, unread, draft, out_of_sight, views)


def _drafted(place: str, viewer: Viewer) -> str:
    mine = Draft.member_id == viewer.member_id, Draft.place == place
    fields = session.scalar(select(Draft.fields).where(*mine))
    return str((fields or {}).get("text", ""))
