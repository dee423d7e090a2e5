"""The posts of imported threads, numbered in the order of their times and counted."""

from sqlalchemy import text, update

from community.database import session, write_transaction
from community.importers.counting import count_threads
from community.threads.models import Post

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
            count_threads([thread_id])
