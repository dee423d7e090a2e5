"""What follows from posts being written, changed, taken away and read."""

from sqlalchemy import select, update

from community.database import session
from community.events import Happened
from community.notifications.jobs import tell_of_new_mentions, tell_of_post
from community.notifications.models import Notice
from community.threads.events import (
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRead,
    PostRestored,
    PostWritten,
)
from community.threads.models import Post


def tell_later(happened: Happened) -> None:
    if not happened.imported:
        tell_of_post.later(happened.id, key=f"tell:{happened.id}")


def tell_new_mentions_later(happened: Happened) -> None:
    if not happened.imported:
        tell_of_new_mentions.later(happened.id, key=f"tell:{happened.id}")


def follow_state(happened: Happened) -> None:
    """What is deleted or hidden is not told of; what is back, is again. Reads the present state."""
    post = session.get(Post, happened.event.post_id)
    if post:
        session.execute(
            update(Notice)
            .where(Notice.subject_kind == "post", Notice.subject_id == post.id)
            .values(withdrawn=not post.is_published)
        )


def see_what_was_read(happened: Happened) -> None:
    """Reading a post is seeing what there was to say of it."""
    event: PostRead = happened.event
    posts = select(Post.id).where(Post.thread_id == event.thread_id, Post.number <= event.up_to)
    session.execute(
        update(Notice)
        .where(
            Notice.member_id == happened.actor_id,
            Notice.seen_at.is_(None),
            Notice.subject_kind == "post",
            Notice.subject_id.in_(posts),
            Notice.at <= happened.at,
        )
        .values(seen_at=happened.at)
    )


SUBSCRIPTIONS = {
    PostWritten: [tell_later],
    PostEdited: [tell_new_mentions_later],
    PostDeleted: [follow_state],
    PostHidden: [follow_state],
    PostRestored: [follow_state],
    PostRead: [see_what_was_read],
}
