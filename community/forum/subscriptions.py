"""What follows from posts in topics."""

from sqlalchemy import Select, delete, select, update

from community.database import session
from community.events import Happened
from community.forum.answers import lose_deleted_answer
from community.forum.events import AnswerAccepted, AnswerUnaccepted
from community.forum.models import Topic
from community.forum.notices import ANSWER_ACCEPTED
from community.notifications.models import Notice
from community.notifications.recipients import author_of_post
from community.notifications.telling import tell
from community.threads.events import PostDeleted, PostWritten
from community.threads.models import Post
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


def tell_of_acceptance(happened: Happened) -> None:
    """Who wrote the answer hears once that it is one, unless they accepted it themselves."""
    event: AnswerAccepted = happened.event
    post = session.get(Post, event.post_id)
    if happened.imported or post is None or not post.is_published or not _is_the_answer(event):
        return
    if session.scalar(select(_told_of(event).exists())):
        return
    tell(
        author_of_post(post, ANSWER_ACCEPTED, besides=event.actor_id),
        event_id=happened.id,
        subject=("post", post.id),
        audience_id=post.audience_id,
        actor_id=event.actor_id,
        at=happened.at,
    )


def untell_of_acceptance(happened: Happened) -> None:
    """What is no longer the answer was not accepted; no mail goes out, if it has not yet."""
    event: AnswerUnaccepted = happened.event
    if not _is_the_answer(event):
        session.execute(delete(Notice).where(Notice.id.in_(_told_of(event))))


def _is_the_answer(event: AnswerAccepted | AnswerUnaccepted) -> bool:
    """Now, for events come in any order; held, so that of two who ask the second waits."""
    accepted = select(Topic.accepted_post_id).where(Topic.id == event.topic_id).with_for_update()
    return session.scalar(accepted) == event.post_id


def _told_of(event: AnswerAccepted | AnswerUnaccepted) -> Select[int]:
    return select(Notice.id).where(
        Notice.kind == ANSWER_ACCEPTED.name,
        Notice.subject_kind == "post",
        Notice.subject_id == event.post_id,
    )


SUBSCRIPTIONS = {
    PostWritten: [bring_up],
    PostDeleted: [lose_deleted_answer],
    AnswerAccepted: [tell_of_acceptance],
    AnswerUnaccepted: [untell_of_acceptance],
}
