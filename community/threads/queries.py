"""Posts of a thread, by number: the last page is as near as the first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.policy import visible
from community.threads.models import Post, Thread
from community.viewer import Viewer

PER_PAGE = 20


def posts_from(
    thread: Thread, number: int, viewer: Viewer, *, limit: int = PER_PAGE
) -> Sequence[Post]:
    """Up to `limit` posts the viewer can read, from this number on."""
    return session.scalars(
        select(Post)
        .where(Post.thread_id == thread.id, Post.number >= number, visible(Post, viewer))
        .options(
            joinedload(Post.author),
            joinedload(Post.text),
            joinedload(Post.reply_to).joinedload(Post.author),
        )
        .order_by(Post.number)
        .limit(limit)
    ).all()
