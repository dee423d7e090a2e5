"""Who voted, and who stands behind an idea."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from community.database import session
from community.keeping.alike import ask
from community.keeping.statements import among
from community.members.models import Segment
from community.organizations.models import Organization
from community.viewer import Viewer
from ideas.board.models import Idea
from ideas.voting.models import Vote

ORGANIZATIONS_NAMED = 50


def voters_besides(member_id: int, idea: Idea) -> int:
    """How many others have voted for it."""
    return session.scalars(
        select(func.count()).where(Vote.idea_id == idea.id, Vote.member_id != member_id)
    ).one()


@dataclass(frozen=True)
class Demand:
    """Who wants an idea: by the segment and organization they voted from, and whether I do."""

    people: int = 0
    customers: int = 0
    partners: int = 0
    employees: int = 0
    others: int = 0
    organizations: int = 0
    mine: bool = False


NOBODY = Demand()


def _voters(segment: Segment):
    return func.count().filter(Vote.segment == segment)


def _demand(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Vote.idea_id,
            func.count(),
            _voters(Segment.CUSTOMER),
            _voters(Segment.PARTNER),
            _voters(Segment.EMPLOYEE),
            _voters(Segment.PUBLIC),
            func.count(Vote.organization_id.distinct()),
            func.count().filter(Vote.member_id == viewer.member_id),
        )
        .where(among(Vote.idea_id, "ideas"))
        .group_by(Vote.idea_id)
    )


def demand_for(ideas: Sequence[Any], viewer: Viewer) -> dict[int, Demand]:
    """The demand behind each of these ideas or lines, by key, with one query; none is left out."""
    if not ideas:
        return {}
    rows = ask(viewer, "ideas.demand", _demand, ideas=[idea.id for idea in ideas])
    found = {key: Demand(*counts, mine=mine > 0) for key, *counts, mine in rows}
    return {idea.id: found.get(idea.id, NOBODY) for idea in ideas}


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
