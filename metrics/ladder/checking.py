"""Whether a period of the ladder is what its days make: compared without writing."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select

from community.database import session, write_transaction
from metrics.facts.models import DirtyDay
from metrics.ladder.evidence import evidence_of
from metrics.ladder.memberships import Memberships
from metrics.ladder.models import Evidence, LadderCount, LadderMark, LadderPeriod, Standing
from metrics.ladder.periods import last_day, weekly
from metrics.ladder.standings import Standings, read_evidence

MODELS: tuple[type[Any], ...] = (Evidence, Standing, LadderCount)


def is_waiting() -> bool:
    """Whether something is going to be made anew, so that nothing can be said of it yet."""
    waiting = any(session.scalar(select(one.id).limit(1)) for one in (DirtyDay, LadderMark))
    session.rollback()
    return waiting


def due_periods() -> list[int]:
    """Those that have been built, and those between them that should have been."""
    first, last = session.execute(
        select(func.min(LadderPeriod.first), func.max(LadderPeriod.first))
    ).one()
    session.rollback()
    return weekly(first, last) if first else []


def stray_periods() -> list[int]:
    """Periods that have rows and should have none."""
    found = {first for one in MODELS for first in session.scalars(select(one.first).distinct())}
    session.rollback()
    return sorted(found - set(due_periods()))


def wrong_in(first: int, people: Memberships) -> dict[str, int]:
    """Table → how many of its rows of that period are missing, wrong or too many."""
    standings = Standings(first, people, read_evidence)
    made = (evidence_of(first), standings.of_members(), standings.counts())
    wrong = {}
    for model, rows in zip(MODELS, made, strict=True):
        found = session.execute(select(model.__table__).where(model.first == first)).mappings()
        astray = _contents(rows) ^ _contents(found)
        if astray:
            wrong[model.__tablename__] = len(astray)
    if session.get(LadderPeriod, first) is None:
        wrong[LadderPeriod.__tablename__] = 1
    session.rollback()
    return wrong


def _contents(rows: Iterable[Any]) -> set[tuple[Any, ...]]:
    return {tuple(sorted(row.items())) for row in rows}


def have_made_anew(periods: Iterable[int]) -> None:
    """The worker does it with its next turn, and with the periods that begin within them."""
    with write_transaction():
        session.add_all([LadderMark(day=last_day(first), onward=False) for first in periods])


def drop(strays: Iterable[int]) -> None:
    for first in strays:
        with write_transaction():
            for model in MODELS:
                session.execute(delete(model).where(model.first == first))
