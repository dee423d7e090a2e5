"""Order, counts and last activity of the imported threads, set from their posts."""

from sqlalchemy import func, select, text, update

from community.database import session, write_transaction
from community.forum.models import Topic
from community.subjects import State
from community.threads.models import Post, Thread

# Numbers are unique in a thread, so they go out of the way before they come back in order of time.
ASIDE = """
UPDATE post SET number = -(
    SELECT place FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY thread_id ORDER BY created_at, id) AS place
        FROM post WHERE thread_id = :thread
    ) AS ordered WHERE ordered.id = post.id
) WHERE thread_id = :thread
"""


def finish_threads(thread_ids: set[int]) -> None:
    """Number the posts in order of time and count them."""
    for thread_id in sorted(thread_ids):
        with write_transaction():
            session.execute(text(ASIDE), {"thread": thread_id})
            session.execute(
                update(Post).where(Post.thread_id == thread_id).values(number=-Post.number)
            )
            _count(thread_id)


def _count(thread_id: int) -> None:
    posts = select(func.count(), func.max(Post.number), func.max(Post.created_at)).where(
        Post.thread_id == thread_id
    )
    published, last_number, last_at = session.execute(
        posts.where(Post.state == State.PUBLISHED)
    ).one()
    last_author = session.scalar(
        select(Post.author_id).where(Post.thread_id == thread_id, Post.number == last_number)
    )
    session.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values(
            post_count=published,
            last_number=last_number,
            last_post_at=last_at,
            last_author_id=last_author,
            first_response_at=select(func.min(Post.created_at))
            .where(Post.thread_id == thread_id, Post.author_id != Thread.author_id)
            .correlate(Thread)
            .scalar_subquery(),
            version=Thread.version + 1,
        )
    )
    session.execute(update(Topic).where(Topic.thread_id == thread_id).values(active_at=last_at))
