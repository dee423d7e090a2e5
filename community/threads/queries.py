"""Posts of a thread, by number: the last page is as near as the first."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from community.database import session
from community.keeping.alike import ask
from community.keeping.statements import given
from community.policy import may_see
from community.subjects import State
from community.texts.models import Draft, Text
from community.threads.authors import Author, author_from, with_authors
from community.threads.models import Post, ReadState, Thread
from community.viewer import Viewer

PER_PAGE = 20


def window_start(thread: Thread, number: int) -> int:
    """The first number of the page that holds `number`; what lies outside is brought inside.

    Pages are fixed stretches of numbers, so that a post stays on its page for good.
    """
    inside = max(1, min(number, thread.last_number))
    return (inside - 1) // PER_PAGE * PER_PAGE + 1


def posts_from(
    thread: Thread, number: int, viewer: Viewer, *, count: int = PER_PAGE
) -> tuple[list[Post], dict[int, Author]]:
    """Those of the `count` posts from this number on that the viewer can read, and their authors
    by key.
    """
    stretch = {"thread": thread.id, "first": number, "end": number + count}
    posts, authors = [], {}
    for post, *author in session.execute(_stretch(), stretch):
        set_committed_value(post, "thread", thread)
        if may_see(viewer, post):
            posts.append(post)
            if post.author_id not in authors:
                authors[post.author_id] = author_from(*author)
    _load_answered(posts)
    return posts, authors


@functools.cache
def _stretch() -> Select[Any]:
    """Built once: most of what a page's statement costs is building it."""
    posts = (
        select(Post)
        .where(
            Post.thread_id == bindparam("thread"),
            Post.number >= bindparam("first"),
            Post.number < bindparam("end"),
        )
        .options(
            joinedload(Post.text).load_only(Text.html, Text.language, Text.revision, Text.edited_at)
        )
        .order_by(Post.number)
    )
    return with_authors(posts)


def _load_answered(posts: Sequence[Post]) -> None:
    """What posts reply to stands on their own page, mostly; the rest comes with one query."""
    here = {post.id: post for post in posts}
    replies = [post for post in posts if post.reply_to_id]
    elsewhere = {post.reply_to_id for post in replies} - here.keys()
    if elsewhere:
        here |= {post.id: post for post in session.scalars(_by_ids(), {"ids": list(elsewhere)})}
    for post in replies:
        set_committed_value(post, "reply_to", here.get(post.reply_to_id or 0))


@functools.cache
def _by_ids() -> Select[Post]:
    named = select(Post).where(Post.id.in_(bindparam("ids", expanding=True)))
    return named.options(joinedload(Post.author))


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
