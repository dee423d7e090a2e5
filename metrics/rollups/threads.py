"""What came of each topic: who answered first, and whether the talk went both ways."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    not_,
    select,
)
from sqlalchemy.orm import aliased

from metrics.facts.models import Boundary, Fact, Side, Verb
from metrics.facts.recording import NO_ANSWER_EXPECTED
from metrics.rollups.survival import survives


def threads_opened(on: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """One row for each topic opened on these days, from all that happened in it since."""
    opened = _openings(on).cte("opened")
    came = _came_of(opened)
    broadcast = and_(
        opened.c.boundary == int(Boundary.EXTERNAL), opened.c.segment == int(Side.EMPLOYEE)
    )
    needs_response = and_(not_(broadcast), opened.c.detail != NO_ANSWER_EXPECTED)
    return select(
        opened.c.thread_id,
        opened.c.topic_id,
        opened.c.day,
        opened.c.opened_at,
        opened.c.member_id,
        opened.c.segment,
        opened.c.space_id,
        opened.c.boundary,
        needs_response.label("needs_response"),
        broadcast.label("broadcast"),
        came.c.answered_at,
        came.c.staff_answered_at,
        came.c.customer_at,
        came.c.two_way_at,
        opened.c.closed_at,
    ).outerjoin_from(opened, came, came.c.thread_id == opened.c.thread_id)


def _openings(on: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The topic stands where it was last moved to; what was done there before stays there."""
    return select(
        Fact.thread_id,
        Fact.object_id.label("topic_id"),
        Fact.day,
        Fact.at.label("opened_at"),
        Fact.member_id,
        Fact.segment,
        func.coalesce(_last("space_id", Verb.MOVED), Fact.space_id).label("space_id"),
        func.coalesce(_last("boundary", Verb.MOVED), Fact.boundary).label("boundary"),
        Fact.detail,
        _closed_at().label("closed_at"),
    ).where(on, Fact.verb == int(Verb.OPENED), survives(Fact))


def _last(column: str, *verbs: Verb) -> ScalarSelect[Any]:
    later = aliased(Fact)
    return _latest(later, getattr(later, column), *verbs)


def _closed_at() -> ScalarSelect[Any]:
    """None for a topic that is open again."""
    later = aliased(Fact)
    closing = case((later.verb == int(Verb.CLOSED), later.at))
    return _latest(later, closing, Verb.CLOSED, Verb.REOPENED)


def _latest(later: type[Fact], chosen: Any, *verbs: Verb) -> ScalarSelect[Any]:
    """Of the last that happened to the topic of these."""
    return (
        select(chosen)
        .where(later.thread_id == Fact.thread_id, later.verb.in_(verbs))
        .order_by(later.at.desc(), later.event_id.desc())
        .limit(1)
        .correlate(Fact)
        .scalar_subquery()
    )


def _came_of(opened: CTE) -> Subquery:
    """When somebody else answered first, an employee, a customer; and when it went both ways.

    That is when the side that spoke first spoke again, once the other side had.
    """
    turns = _turns(opened).subquery("turns")
    turn = turns.c
    other, staff = turn.member_id != turn.opener_id, turn.segment == int(Side.EMPLOYEE)
    both = and_(staff == turn.first_by_staff, turn.staff_so_far > 0, turn.others_so_far > 0)
    first = func.min(turn.at)
    return (
        select(
            turn.thread_id,
            first.filter(other).label("answered_at"),
            first.filter(other, staff).label("staff_answered_at"),
            first.filter(~staff).label("customer_at"),
            first.filter(both).label("two_way_at"),
        )
        .group_by(turn.thread_id)
        .subquery("came")
    )


def _turns(opened: CTE) -> Select[*tuple[Any, ...]]:
    """The surviving posts of the topics, with how often each side had spoken by then."""
    staff = Fact.segment == int(Side.EMPLOYEE)
    order = {"partition_by": Fact.thread_id, "order_by": (Fact.at, Fact.event_id)}
    return (
        select(
            Fact.thread_id,
            Fact.at,
            Fact.member_id,
            Fact.segment,
            opened.c.member_id.label("opener_id"),
            func.first_value(staff).over(**order).label("first_by_staff"),
            func.count().filter(staff).over(**order).label("staff_so_far"),
            func.count().filter(~staff).over(**order).label("others_so_far"),
        )
        .join_from(opened, Fact, Fact.thread_id == opened.c.thread_id)
        .where(Fact.verb.in_((Verb.TOPIC, Verb.POST)), survives(Fact))
    )
