"""Pages of a thread, by number: the last is as near as the first; and how a member stands to it."""

from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from community.database import session
from community.keeping.alike import ask
from community.keeping.statements import given
from community.subjects import State
from community.texts.models import Draft
from community.threads.models import Post, ReadState, Thread
from community.viewer import Viewer

PER_PAGE = 20


def window_start(thread: Thread, number: int) -> int:
    """The first number of the page that holds `number`; what lies outside is brought inside.

    Pages are fixed stretches of numbers, so that a post stays on its page for good.
    """
    inside = max(1, min(number, thread.last_number))
    return (inside - 1) // PER_PAGE * PER_PAGE + 1


@dataclass(frozen=True)
class Standing:
    """What a member has to do with a thread.

    `read` is how far they have read, `None` if they never opened it; `first_unread` the number of
    the first post by somebody else after that; `draft` what they were typing here.
    """

    read: int | None = None
    first_unread: int | None = None
    draft: str = ""


def standing_in(thread: Thread, viewer: Viewer) -> Standing:
    if viewer.member_id is None:
        return Standing()
    place = f"reply:{thread.public_id}"
    rows = ask(viewer, "thread", how_stands, thread=thread.id, place=place)
    read, first_unread, has_draft, _out_of_sight = rows[0]
    return Standing(read, first_unread, _drafted(place, viewer) if has_draft else "")


def how_stands(viewer: Viewer) -> Select[int, int, bool, bool]:
    """How far the viewer has read the thread given as `thread` and where what is new begins; and
    whether there is a draft at `place`, or a post that only its author sees.
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
    return select(read, unread, draft, out_of_sight)


def _drafted(place: str, viewer: Viewer) -> str:
    mine = Draft.member_id == viewer.member_id, Draft.place == place
    fields = session.scalar(select(Draft.fields).where(*mine))
    return str((fields or {}).get("text", ""))
