"""Posts of a thread, by number: the last page is as near as the first."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from community.database import session
from community.members.models import Member
from community.policy import may_see
from community.subjects import State
from community.texts.models import Draft, Text
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
) -> Sequence[Post]:
    """Those of the `count` posts from this number on that the viewer can read."""
    stretch = {"thread": thread.id, "first": number, "end": number + count}
    posts = [post for post in session.scalars(_stretch(), stretch) if may_see(viewer, post)]
    _load_answered(posts)
    return posts


@functools.cache
def _stretch() -> Select[Post]:
    """Built once: most of what a page's statement costs is building it."""
    return (
        select(Post)
        .where(
            Post.thread_id == bindparam("thread"),
            Post.number >= bindparam("first"),
            Post.number < bindparam("end"),
        )
        .options(
            joinedload(Post.author).options(
                joinedload(Member.organization), joinedload(Member.unit)
            ),
            joinedload(Post.text).load_only(
                Text.html, Text.language, Text.revision, Text.edited_at
            ),
        )
        .order_by(Post.number)
    )


def _load_answered(posts: Sequence[Post]) -> None:
    """What posts reply to stands on their own page, mostly; the rest comes with one query."""
    here = {post.id for post in posts}
    elsewhere = [post for post in posts if post.reply_to_id and post.reply_to_id not in here]
    if elsewhere:
        keys = {"ids": [post.reply_to_id for post in elsewhere]}
        found = {post.id: post for post in session.scalars(_by_ids(), keys)}
        for post in elsewhere:
            set_committed_value(post, "reply_to", found.get(post.reply_to_id or 0))


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
    """One query for all of it."""
    if viewer.member_id is None:
        return Standing()
    place = f"reply:{thread.public_id}"
    asked = {"member": viewer.member_id, "thread": thread.id, "place": place}
    read, first_unread, draft = session.execute(_standing(), asked).one()
    return Standing(read, first_unread, str((draft or {}).get("text", "")))


@functools.cache
def _standing() -> Select[int | None, int | None, dict[str, Any] | None]:
    member, thread = bindparam("member"), bindparam("thread")
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
    draft = (
        select(Draft.fields)
        .where(Draft.member_id == member, Draft.place == bindparam("place"))
        .scalar_subquery()
    )
    return select(read, unread, draft)
