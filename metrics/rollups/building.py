"""Making a day's rollups from its facts."""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, or_, select

from community import clock
from community.database import session, write_transaction
from metrics.facts.days import milliseconds
from metrics.facts.models import ACTIVITIES, CONTRIBUTIONS, DirtyDay, Fact, Side, Verb
from metrics.ladder.building import mark_day, refresh_ladder
from metrics.rollups.deeds import deeds_of
from metrics.rollups.models import Deed, MemberDay, ReplyMade, RollupRun, ThreadOpened
from metrics.rollups.survival import survives
from metrics.rollups.threads import threads_opened_on


def refresh() -> int:
    """Make every dirty day anew, and the ladder's periods; returns how many days."""
    days = sorted(set(session.scalars(select(DirtyDay.day))))
    session.rollback()
    for day in days:
        rebuild_day(day)
    if refresh_ladder() or days:
        _note_run()
    return len(days)


def rebuild(days: Iterable[int]) -> int:
    """Make these days anew, dirty or not."""
    count = 0
    for day in sorted(days):
        rebuild_day(day)
        count += 1
    refresh_ladder()
    _note_run()
    return count


def days_with_facts(first: int, last: int) -> list[int]:
    days = select(Fact.day).where(Fact.day.between(first, last)).distinct().order_by(Fact.day)
    return list(session.scalars(days))


def rebuild_day(day: int) -> None:
    """Delete the day's rows and insert them from the facts, in one transaction."""
    with write_transaction():
        done = list(session.scalars(select(DirtyDay.id).where(DirtyDay.day == day)))
        for model in (MemberDay, ReplyMade, Deed, ThreadOpened):
            session.execute(delete(model).where(model.day == day))
        _insert(MemberDay, _member_days(day))
        _insert(ReplyMade, _replies(day))
        _insert(Deed, deeds_of(day))
        threads = threads_opened_on(day)
        if threads:
            session.execute(insert(ThreadOpened), threads)
        session.execute(delete(DirtyDay).where(DirtyDay.id.in_(done)))
        mark_day(day)


def rows_of(day: int) -> dict[type[Any], list[dict[str, Any]]]:
    """What the day's rollups must be, by table: to compare them with what they are."""
    made = {MemberDay: _member_days(day), ReplyMade: _replies(day), Deed: deeds_of(day)}
    rows = {
        model: [dict(row) for row in session.execute(chosen).mappings()]
        for model, chosen in made.items()
    }
    return {**rows, ThreadOpened: threads_opened_on(day)}


def _insert(model: type[Any], rows: Select[*tuple[Any, ...]]) -> None:
    names = [column.name for column in rows.selected_columns]
    session.execute(insert(model).from_select(names, rows))


def _member_days(day: int) -> Select[*tuple[Any, ...]]:
    contributed = Fact.verb.in_(CONTRIBUTIONS)
    key = (Fact.day, Fact.member_id, Fact.space_id, Fact.segment, Fact.boundary)
    return (
        select(
            *key,
            func.count().label("acts"),
            func.sum(case((contributed, 1), else_=0)).label("contributions"),
            func.min(case((contributed, Fact.event_id))).label("first_event_id"),
        )
        .where(Fact.day == day, Fact.verb.in_(ACTIVITIES), or_(~contributed, survives(Fact)))
        .group_by(*key)
    )


def _replies(day: int) -> Select[*tuple[Any, ...]]:
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
        Fact.day == day,
        Fact.verb == literal(int(Verb.POST)),
        Fact.to_segment != int(Side.NOBODY),
        Fact.to_member_id != Fact.member_id,
        survives(Fact),
    )


def _note_run() -> None:
    with write_transaction():
        run = session.get(RollupRun, 1) or RollupRun(id=1)
        run.finished_at, run.token = milliseconds(clock.now()), secrets.randbits(62)
        session.add(run)
