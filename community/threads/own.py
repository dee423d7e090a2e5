"""What on a conversation's page is the reader's own: how far they read, and what they began."""

from collections.abc import Hashable

from sqlalchemy import Select, exists, func, select

from community.keeping.own import Abouts, NotShared, Reader, variants_of
from community.keeping.statements import given
from community.subjects import State
from community.texts.models import Draft
from community.threads.models import Post, ReadState
from community.viewer import Viewer


@variants_of("thread.jump")
def _jumps(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """The first unread post, which the page leads to."""
    return [_first_unread(reader, thread, name) for thread, name in abouts]


@variants_of("thread.line")
def _lines(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Whether what is new begins with this post."""
    return [_first_unread(reader, thread, name) == number for thread, name, number in abouts]


def _first_unread(reader: Reader, thread_id: int, name: str) -> int | None:
    """`None` for who never opened the thread. With a draft, or a post out of sight, the page is
    only its author's.
    """

    def ask() -> int | None:
        place = f"reply:{name}"
        rows = reader.rows("thread", _standing, thread=thread_id, place=place)
        read, first_unread, draft, out_of_sight = rows[0]
        if draft or out_of_sight:
            raise NotShared
        return first_unread if read else None

    return reader.once(("thread", thread_id), ask)


def _standing(viewer: Viewer) -> Select[int, int, bool, bool]:
    """As `queries.standing_in`, and whether there is anything that only the reader sees."""
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
