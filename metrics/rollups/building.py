"""Keeping the rollups up with the facts: stretches of days, each in one transaction."""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, func, select

from community import clock
from community.database import session, write_transaction
from metrics.facts.days import milliseconds
from metrics.facts.models import DirtyDay, Fact
from metrics.ladder.building import Progress, mark_day, refresh_ladder, silently
from metrics.rollups.making import MODELS, make
from metrics.rollups.models import RollupRun

# Of one transaction: writers wait for it, and the database sorts so many at once in memory.
FACTS_AT_ONCE, DAYS_AT_ONCE = 100_000, 100


def refresh() -> int:
    """Make every dirty day anew, and the ladder's periods; returns how many days."""
    days = set(session.scalars(select(DirtyDay.day).distinct()))
    session.rollback()
    _make_anew(days, silently)
    if refresh_ladder() or days:
        _note_run()
    return len(days)


def rebuild(days: Iterable[int], progress: Progress = silently) -> int:
    """Make these days anew, dirty or not."""
    count = _make_anew(set(days), progress)
    refresh_ladder(progress)
    _note_run()
    return count


def days_with_facts(first: int, last: int) -> list[int]:
    days = select(Fact.day).where(Fact.day.between(first, last)).distinct().order_by(Fact.day)
    return list(session.scalars(days))


def stretches(days: Iterable[int]) -> Iterator[list[int]]:
    """The days in their order, so many together as have few enough facts."""
    stretch, facts = [], 0
    for day, count in _facts_on(sorted(days)):
        if stretch and (facts + count > FACTS_AT_ONCE or len(stretch) == DAYS_AT_ONCE):
            yield stretch
            stretch, facts = [], 0
        stretch.append(day)
        facts += count
    if stretch:
        yield stretch


def rebuild_days(days: Sequence[int]) -> None:
    """Delete the days' rows and insert them from the facts, in one transaction.

    Whatever is marked from here on stays marked, so the marks go before the facts are read.
    """
    with write_transaction():
        session.execute(delete(DirtyDay).where(DirtyDay.day.in_(days)))
        for model in MODELS:
            make(model, days)
        for day in days:
            mark_day(day)


def _make_anew(days: set[int], progress: Progress) -> int:
    for stretch in stretches(days):
        rebuild_days(stretch)
        progress("days", len(stretch))
    return len(days)


def _facts_on(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A day whose facts are gone has rows to be taken away."""
    for start in range(0, len(days), DAYS_AT_ONCE):
        some = days[start : start + DAYS_AT_ONCE]
        counts = select(Fact.day, func.count()).where(Fact.day.in_(some)).group_by(Fact.day)
        found = dict(session.execute(counts).all())
        session.rollback()
        yield from ((day, found.get(day, 0)) for day in some)


def _note_run() -> None:
    with write_transaction():
        run = session.get(RollupRun, 1) or RollupRun(id=1)
        run.finished_at, run.token = milliseconds(clock.now()), secrets.randbits(62)
        session.add(run)
