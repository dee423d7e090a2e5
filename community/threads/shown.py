"""Posts as a page shows them: what it says of each and of who signed it, and nothing else is read.

A post shown stands for its row wherever the house asks who may do what to it. Its parts are called
as those of the row itself.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.policy import may_see
from community.sending import send
from community.subjects import State
from community.texts.models import Text
from community.threads.authors import Author, author_from, with_authors
from community.threads.models import Post, Thread
from community.viewer import Viewer


class Said(NamedTuple):
    html: str
    language: str
    revision: int
    edited_at: datetime | None


class Shown(NamedTuple):
    thread: Thread
    text: Said
    id: int
    public_id: str
    number: int
    audience_id: int
    state: State
    author_id: int
    created_at: datetime
    reply_to_id: int | None
    tally: int
    anchor_quote: str
    deleted_by_id: int | None

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class Stretch(NamedTuple):
    """Posts in order, their authors by key, and what they reply to, by key: that stands on the same
    page, mostly.
    """

    posts: Sequence[Shown]
    authors: Mapping[int, Author]
    answered: Mapping[int, Shown | Post]


def posts_from(thread: Thread, number: int, viewer: Viewer, *, count: int) -> Stretch:
    """Those of the `count` posts from this number on that the viewer can read."""
    stretch = {"thread": thread.id, "first": number, "end": number + count}
    posts: list[Shown] = []
    authors: dict[int, Author] = {}
    for row in send(_stretch(), stretch):
        post = Shown(thread, Said(*row[:WORDS]), *row[WORDS:COLUMNS])
        if may_see(viewer, post):
            posts.append(post)
            if post.author_id not in authors:
                authors[post.author_id] = author_from(*row[COLUMNS:])
    return Stretch(posts, authors, _answered(posts))


WORDS = len(Said._fields)
COLUMNS = WORDS + len(Shown._fields) - 2


@functools.cache
def _stretch() -> Select[*tuple[Any, ...]]:
    """Built once: most of what a page's statement costs is building it."""
    words = [getattr(Text, name) for name in Said._fields]
    columns = [getattr(Post, name) for name in Shown._fields[2:]]
    posts = (
        select(*words, *columns)
        .join(Text, Text.id == Post.text_id)
        .where(
            Post.thread_id == bindparam("thread"),
            Post.number >= bindparam("first"),
            Post.number < bindparam("end"),
        )
        .order_by(Post.number)
    )
    return with_authors(posts)


def _answered(posts: Sequence[Shown]) -> dict[int, Shown | Post]:
    """What stands elsewhere comes with one query."""
    here: dict[int, Shown | Post] = {post.id: post for post in posts}
    elsewhere = {post.reply_to_id for post in posts if post.reply_to_id} - here.keys()
    if elsewhere:
        here |= {post.id: post for post in session.scalars(_by_ids(), {"ids": list(elsewhere)})}
    return here


@functools.cache
def _by_ids() -> Select[Post]:
    named = select(Post).where(Post.id.in_(bindparam("ids", expanding=True)))
    return named.options(joinedload(Post.author))
