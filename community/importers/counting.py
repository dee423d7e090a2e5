"""Counts and last activity of threads that were written to, set from their posts."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from community.database import session
from community.forum.models import Topic
from community.subjects import State
from community.threads.counters import first_response_at, last_post_at
from community.threads.models import Post, Thread


def count_threads(thread_ids: Sequence[int]) -> None:
    """One statement for all of them; joins a write transaction."""
    shown = (Post.thread_id == Thread.id, Post.state == State.PUBLISHED)
    last = select(Post.author_id).where(*shown).order_by(Post.number.desc()).limit(1)
    session.execute(
        update(Thread)
        .where(Thread.id.in_(thread_ids))
        .values(
            post_count=_one(select(func.count()).select_from(Post).where(*shown)),
            last_number=_one(select(func.max(Post.number)).where(Post.thread_id == Thread.id)),
            last_post_at=last_post_at(),
            last_author_id=_one(last),
            first_response_at=first_response_at(),
            version=Thread.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Topic)
        .where(Topic.thread_id.in_(thread_ids))
        .values(
            active_at=func.coalesce(
                select(Thread.last_post_at).where(Thread.id == Topic.thread_id).scalar_subquery(),
                Topic.active_at,
            )
        )
        .execution_options(synchronize_session=False)
    )


def _one(query):
    return query.correlate(Thread).scalar_subquery()
