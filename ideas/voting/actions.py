"""Voting for ideas and taking votes back."""

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from community import clock
from community.audiences import Audience
from community.database import action, session
from community.errors import Conflict
from community.events import emit, source
from community.members.models import Member
from community.policy import authorize
from community.sending import insert_once
from community.versions import touch
from community.viewer import Viewer
from ideas.board.actions import about
from ideas.board.events import DuplicateAccepted
from ideas.board.models import Idea
from ideas.board.statuses import VOTABLE
from ideas.ranking.score import weight_at
from ideas.voting.events import IdeaVoted, VoteWithdrawn
from ideas.voting.models import Vote


@action
def vote_for(idea: Idea, *, by: Viewer) -> bool:
    """Give the idea the member's vote. Voting twice changes nothing; return whether it counted."""
    authorize(by, "idea.vote", idea)
    if not idea.takes_votes:
        raise _closed(idea)
    assert by.member
    weight = _weight(idea, by.member)
    if not _insert(idea, by.member, weight):
        return False
    counted = session.execute(
        update(Idea)
        .where(Idea.id == idea.id, Idea.status.in_(VOTABLE))
        .values(vote_count=Idea.vote_count + 1, trend=Idea.trend + weight, version=Idea.version + 1)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount == 0:  # type: ignore[attr-defined]
        raise _closed(idea)
    touch("space", idea.space_id)
    emit(IdeaVoted(**about(idea, by), author_id=idea.author_id))
    return True


@action
def withdraw_vote(idea: Idea, *, by: Viewer) -> bool:
    """Take the member's vote back. Without one this changes nothing; return whether there was."""
    authorize(by, "idea.vote", idea)
    if not idea.takes_votes:
        raise _closed(idea)
    session.execute(select(Idea.id).where(Idea.id == idea.id).with_for_update(key_share=True))
    removed = session.execute(
        delete(Vote).where(Vote.idea_id == idea.id, Vote.member_id == by.member_id)
    )
    if removed.rowcount == 0:  # type: ignore[attr-defined]
        return False
    rest = select(func.coalesce(func.sum(Vote.weight), 0.0)).where(Vote.idea_id == idea.id)
    session.execute(
        update(Idea)
        .where(Idea.id == idea.id)
        .values(
            vote_count=Idea.vote_count - 1,
            trend=rest.scalar_subquery(),
            version=Idea.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    touch("space", idea.space_id)
    emit(VoteWithdrawn(**about(idea, by), author_id=idea.author_id))
    return True


@action
def accept_duplicate(idea: Idea, *, by: Viewer) -> None:
    """Say "this is mine" of an idea that resembles one's own, and vote for it."""
    vote_for(idea, by=by)
    emit(DuplicateAccepted(**about(idea, by)))


def _insert(idea: Idea, member: Member, weight: float) -> bool:
    return insert_once(
        Vote,
        idea_id=idea.id,
        member_id=member.id,
        at=clock.now(),
        segment=member.segment,
        organization_id=member.organization_id,
        unit_id=member.unit_id,
        weight=weight,
        source=source(),
    )


def _weight(idea: Idea, member: Member) -> float:
    """The author's own vote moves nothing, nor a colleague's on a board that customers see."""
    if member.id == idea.author_id:
        return 0.0
    audience = session.get_one(Audience, idea.audience_id)
    if member.is_employee and audience.external:
        return 0.0
    return weight_at(clock.now())


def _closed(idea: Idea) -> Conflict:
    day = format_date(idea.space.archived_at or idea.status_at, "d MMMM yyyy")
    return Conflict(_("Voting closed on %(day)s.", day=day))
