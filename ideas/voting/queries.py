"""Who voted, and who stands behind an idea."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from community.database import session
from community.members.models import Segment
from community.organizations.models import Organization
from community.viewer import Viewer
from ideas.board.models import Idea
from ideas.voting.models import Vote

ORGANIZATIONS_NAMED = 50


def votes_of(viewer: Viewer, ideas: Sequence[Idea]) -> frozenset[int]:
    """The keys of those ideas that have the viewer's vote: one query for a whole list."""
    if viewer.member_id is None or not ideas:
        return frozenset()
    return frozenset(
        session.scalars(
            select(Vote.idea_id).where(
                Vote.member_id == viewer.member_id, Vote.idea_id.in_([idea.id for idea in ideas])
            )
        )
    )


def voters_besides(member_id: int, idea: Idea) -> int:
    """How many others have voted for it."""
    return session.scalars(
        select(func.count()).where(Vote.idea_id == idea.id, Vote.member_id != member_id)
    ).one()


@dataclass(frozen=True)
class Demand:
    """Who wants an idea: by the segment and organization they voted from."""

    people: int = 0
    customers: int = 0
    partners: int = 0
    employees: int = 0
    others: int = 0
    organizations: int = 0


NOBODY = Demand()


def demand_for(ideas: Sequence[Idea]) -> dict[int, Demand]:
    """The demand behind each of these ideas, with one query; an idea without votes is left out."""
    if not ideas:
        return {}
    rows = session.execute(
        select(
            Vote.idea_id,
            func.count(),
            _voters(Segment.CUSTOMER),
            _voters(Segment.PARTNER),
            _voters(Segment.EMPLOYEE),
            _voters(Segment.PUBLIC),
            func.count(Vote.organization_id.distinct()),
        )
        .where(Vote.idea_id.in_([idea.id for idea in ideas]))
        .group_by(Vote.idea_id)
    )
    return {idea_id: Demand(*counts) for idea_id, *counts in rows}


def _voters(segment: Segment):
    return func.count().filter(Vote.segment == segment)


def organizations_behind(idea: Idea) -> Sequence[tuple[str, int]]:
    """(name, votes), the most first: for employees alone."""
    return [
        (name, count)
        for name, count in session.execute(
            select(Organization.name, func.count())
            .join(Vote, Vote.organization_id == Organization.id)
            .where(Vote.idea_id == idea.id)
            .group_by(Organization.id, Organization.name)
            .order_by(func.count().desc(), Organization.name)
            .limit(ORGANIZATIONS_NAMED)
        )
    ]
