"""What follows from decisions: telling, and notices that come and go with the idea."""

from sqlalchemy import update

from community.database import session
from community.events import Happened
from community.notifications.models import Notice
from ideas.board.events import IdeaOpened, IdeaRemoved, IdeaRestored, IdeaWithdrawn
from ideas.board.models import SUBJECT, Idea
from ideas.review.actions import UNDONE_WITHIN
from ideas.review.events import IdeaAnswered, IdeaStatusChanged
from ideas.review.jobs import tell_of_answer, tell_of_status


def tell_status_later(happened: Happened) -> None:
    if not happened.imported:
        when = happened.at + UNDONE_WITHIN
        tell_of_status.later(happened.id, run_at=when, key=f"tell:{happened.id}")


def tell_answer_later(happened: Happened) -> None:
    if not happened.imported:
        tell_of_answer.later(happened.id, key=f"tell:{happened.id}")


def follow_state(happened: Happened) -> None:
    """What was taken away is not told of; what is back, is again. Reads the present state."""
    idea = session.get(Idea, happened.event.idea_id)
    if idea:
        session.execute(
            update(Notice)
            .where(Notice.subject_kind == SUBJECT, Notice.subject_id == idea.id)
            .values(withdrawn=not idea.is_published)
        )


def see_what_was_opened(happened: Happened) -> None:
    """Opening the idea is seeing what there was to say of it."""
    session.execute(
        update(Notice)
        .where(
            Notice.member_id == happened.actor_id,
            Notice.seen_at.is_(None),
            Notice.subject_kind == SUBJECT,
            Notice.subject_id == happened.event.idea_id,
            Notice.at <= happened.at,
        )
        .values(seen_at=happened.at)
    )


SUBSCRIPTIONS = {
    IdeaStatusChanged: [tell_status_later],
    IdeaAnswered: [tell_answer_later],
    IdeaWithdrawn: [follow_state],
    IdeaRemoved: [follow_state],
    IdeaRestored: [follow_state],
    IdeaOpened: [see_what_was_opened],
}
