"""The rollups as statements: each is one `SELECT` over the facts of some days, in the database."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)

from community.database import session, table_of
from community.sending import send
from metrics.facts.models import ACTIVITIES, CONTRIBUTIONS, Fact, Side, Verb
from metrics.rollups.deeds import deeds
from metrics.rollups.models import Deed, MemberDay, ReplyMade, ThreadOpened
from metrics.rollups.survival import survives
from metrics.rollups.threads import threads_opened

Rows = Select[*tuple[Any, ...]]
DAYS = bindparam("days", expanding=True)


def member_days(on: ColumnElement[bool]) -> Rows:
    contributed = Fact.verb.in_(CONTRIBUTIONS)
    key = (Fact.day, Fact.member_id, Fact.space_id, Fact.segment, Fact.boundary)
    return (
        select(
            *key,
            func.count().label("acts"),
            func.count().filter(contributed).label("contributions"),
            func.min(Fact.event_id).filter(contributed).label("first_event_id"),
        )
        .where(on, Fact.verb.in_(ACTIVITIES), or_(~contributed, survives(Fact)))
        .group_by(*key)
    )


def replies(on: ColumnElement[bool]) -> Rows:
    """Posts that address another human being."""
    return select(
        Fact.day,
        Fact.event_id,
        Fact.object_id.label("post_id"),
        Fact.thread_id,
        Fact.space_id,
        Fact.boundary,
        Fact.member_id,
        Fact.segment,
        Fact.to_member_id,
        Fact.to_segment,
    ).where(
        on,
        Fact.verb == int(Verb.POST),
        Fact.to_segment != int(Side.NOBODY),
        Fact.to_member_id != Fact.member_id,
        survives(Fact),
    )


SELECTED: dict[type[Any], Callable[[ColumnElement[bool]], Rows]] = {
    MemberDay: member_days,
    ReplyMade: replies,
    Deed: deeds,
    ThreadOpened: threads_opened,
}
MODELS: tuple[type[Any], ...] = tuple(SELECTED)


def make(model: type[Any], days: Sequence[int]) -> None:
    """Delete these days' rows and insert them from the facts; joins a write transaction."""
    for statement in _making(model):
        send(statement, {"days": days})


def rows_of(model: type[Any], days: Sequence[int]) -> list[dict[str, Any]]:
    """What the days' rows must be: to compare them with what they are."""
    found = session.execute(_selected(model), {"days": days})
    return [dict(row) for row in found.mappings()]


@cache
def _making(model: type[Any]) -> tuple[Delete, Insert]:
    table, rows = table_of(model), _selected(model)
    names = [column.name for column in rows.selected_columns]
    return delete(table).where(table.c.day.in_(DAYS)), insert(table).from_select(names, rows)


@cache
def _selected(model: type[Any]) -> Rows:
    """Made once, because making it takes longer than a small day does."""
    return SELECTED[model](Fact.day.in_(DAYS))
