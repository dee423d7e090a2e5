"""Telling those who want an idea, and what the house does with ideas by itself."""

from collections.abc import Mapping

from community.database import session, write_transaction
from community.events import EventRow, Happened, happened
from community.jobs import job, periodic
from community.notifications.kinds import NoticeKind
from community.notifications.telling import tell
from ideas.board.models import SUBJECT, Idea
from ideas.board.statuses import Status
from ideas.review.actions import return_unanswered
from ideas.review.models import StatusChange
from ideas.review.notices import TOLD, TOLD_OF_ANSWER
from ideas.review.queries import is_part_of_a_move, those_who_hear, waiting_too_long

AT_ONCE = 50


@job("ideas.tell_of_status")
def tell_of_status(event_id: int) -> None:
    """Ten minutes after a move; a move that was undone by then is not told of."""
    told = happened(session.get_one(EventRow, event_id))
    change = told and session.get(StatusChange, told.event.change_id)
    idea = told and session.get(Idea, told.event.idea_id)
    if told and change and idea and not change.undone_at:
        telling = TOLD[Status(change.to_status)]
        _tell(told, idea, those_who_hear(idea, telling, besides=change.actor_id))


@job("ideas.tell_of_answer")
def tell_of_answer(event_id: int) -> None:
    """An answer that is the reason of a move is told of with the move."""
    told = happened(session.get_one(EventRow, event_id))
    idea = told and session.get(Idea, told.event.idea_id)
    if told and idea and not is_part_of_a_move(told.event.response_id):
        _tell(told, idea, those_who_hear(idea, TOLD_OF_ANSWER, besides=told.actor_id))


def _tell(told: Happened, idea: Idea, reasons: Mapping[int, NoticeKind]) -> None:
    """In short transactions: an idea may have thousands of voters."""
    members = sorted(reasons)
    for start in range(0, len(members), AT_ONCE):
        with write_transaction():
            tell(
                {member: reasons[member] for member in members[start : start + AT_ONCE]},
                event_id=told.id,
                subject=(SUBJECT, idea.id),
                audience_id=idea.audience_id,
                actor_id=told.actor_id,
                at=told.at,
            )


@periodic("ideas.return_unanswered", days=1)
def return_unanswered_ideas() -> None:
    for idea in waiting_too_long():
        return_unanswered(idea)
