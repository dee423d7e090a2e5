"""What a thread says of its posts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from community.counters import Counter, counted
from community.subjects import State
from community.threads.models import Post, Thread

_SHOWN = (Post.thread_id == Thread.id, Post.state == State.PUBLISHED)


@counted
def posts_of_threads() -> Iterable[Counter]:
    own = Post.thread_id == Thread.id
    published = select(func.count()).where(own, Post.state == State.PUBLISHED)
    yield Counter(Thread.post_count, published.correlate(Thread).scalar_subquery())
    highest = select(func.max(Post.number)).where(own)
    yield Counter(Thread.last_number, highest.correlate(Thread).scalar_subquery())


@counted
def times_of_threads() -> Iterable[Counter]:
    yield Counter(Thread.last_post_at, last_post_at(), nothing=None)
    yield Counter(Thread.first_response_at, first_response_at(), nothing=None)


def last_post_at() -> ScalarSelect[Any]:
    """By number: the clock may have been set back between two posts."""
    last = select(Post.created_at).where(*_SHOWN).order_by(Post.number.desc()).limit(1)
    return last.correlate(Thread).scalar_subquery()


def first_response_at() -> ScalarSelect[Any]:
    first = select(func.min(Post.created_at)).where(*_SHOWN, Post.author_id != Thread.author_id)
    return first.correlate(Thread).scalar_subquery()
