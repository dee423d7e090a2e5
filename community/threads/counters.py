"""What a thread says of its posts."""

from collections.abc import Iterable

from sqlalchemy import func, select

from community.counters import Counter, counted
from community.subjects import State
from community.threads.models import Post, Thread


@counted
def posts_of_threads() -> Iterable[Counter]:
    own = Post.thread_id == Thread.id
    published = select(func.count()).where(own, Post.state == State.PUBLISHED)
    yield Counter(Thread.post_count, published.correlate(Thread).scalar_subquery())
    highest = select(func.max(Post.number)).where(own)
    yield Counter(Thread.last_number, highest.correlate(Thread).scalar_subquery())
