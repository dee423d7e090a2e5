"""What follows from posts in topics."""

from sqlalchemy import update

from community.database import session
from community.events import Happened
from community.forum.answers import lose_deleted_answer
from community.forum.models import Topic
from community.threads.events import PostDeleted, PostWritten
from community.versions import touch


def bring_up(happened: Happened) -> None:
    """A new post brings its topic to the top of the lists; never back down, and staff notes not."""
    event: PostWritten = happened.event
    if event.subject_kind != "topic":
        return
    space_id = session.scalar(
        update(Topic)
        .where(Topic.thread_id == event.thread_id, Topic.active_at < happened.at)
        .values(active_at=happened.at)
        .returning(Topic.space_id)
    )
    touch("space", space_id)


SUBSCRIPTIONS = {PostWritten: [bring_up], PostDeleted: [lose_deleted_answer]}
