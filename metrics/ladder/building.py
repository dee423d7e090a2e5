"""Keeping the ladder up with the days it is made from.

A period is built once it is over, and again when one of its days changed after that. Its standings
rest on its own evidence and on that of the three periods before it.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import delete, func, select

from community import clock
from community.config import settings
from community.database import session, write_transaction
from metrics.facts.days import day_at
from metrics.ladder.evidence import build_evidence
from metrics.ladder.memberships import Memberships
from metrics.ladder.models import LadderMark, LadderPeriod
from metrics.ladder.periods import (
    is_over,
    last_day,
    last_over,
    later,
    periods_with,
    row_by_row,
    weekly,
)
from metrics.ladder.rules import OF_PERIODS
from metrics.ladder.standings import Shelf, build_standings, read_evidence
from metrics.rollups.models import MemberDay

Progress = Callable[[str, int], object]


def silently(_what: str, _count: int) -> None:
    """Nobody waits to hear how much more of what is done."""


def mark_day(day: int) -> None:
    """Have the periods of a day built anew; nothing to do for days of the running week."""
    if is_over(periods_with(day)[0], soon=True):
        session.add(LadderMark(day=day, onward=False))


def mark_onward(day: int) -> None:
    """Have all standings since that day made anew, for somebody who was or was not there then."""
    if day < day_at(clock.now(), settings().zone):
        session.add(LadderMark(day=day, onward=True))


def refresh_ladder(progress: Progress = silently) -> int:
    """Build what is new or marked; returns how many periods."""
    marks = session.execute(select(LadderMark.id, LadderMark.day, LadderMark.onward)).all()
    evidence = _evidence_due({mark.day for mark in marks if not mark.onward})
    for first in sorted(evidence):
        build_evidence(first)
        progress("periods", 1)
    standings = _standings_due(evidence, [mark.day for mark in marks if mark.onward])
    _build_standings(standings, progress)
    if marks:
        _forget([mark.id for mark in marks])
    session.rollback()
    return len(standings)


def _evidence_due(days: Iterable[int]) -> set[int]:
    """The periods of these days, and all that are over and have not been built."""
    due = {first for day in days for first in periods_with(day) if is_over(first)}
    built = set(session.scalars(select(LadderPeriod.first)))
    return due | _missing(due, built)


def _missing(due: set[int], built: set[int]) -> set[int]:
    latest = last_over()
    if latest in built and min(built) <= min(due, default=latest):
        return set()
    day = session.scalar(select(func.min(MemberDay.day)))
    starts = due | built | ({periods_with(day)[0]} if day else set())
    return set(weekly(min(starts), latest)) - built if starts else set()


def _standings_due(evidence: set[int], onward: list[int]) -> set[int]:
    built = set(session.scalars(select(LadderPeriod.first)))
    due = {later(first, periods) for first in evidence for periods in range(OF_PERIODS + 1)}
    if onward:
        since = min(onward)
        due |= {first for first in built if last_day(first) >= since}
    return due & built


def _build_standings(firsts: set[int], progress: Progress) -> None:
    if not firsts:
        return
    people, held = Memberships.read(), dict[int, Shelf]()
    for first in row_by_row(firsts):
        rests_on = [later(first, -back) for back in range(OF_PERIODS + 1)]
        held = {one: held[one] for one in rests_on if one in held}
        held |= {one: read_evidence(one) for one in rests_on if one not in held}
        build_standings(first, people, held.__getitem__)
        progress("standings", 1)


def _forget(marks: list[int]) -> None:
    with write_transaction():
        for start in range(0, len(marks), 500):
            session.execute(delete(LadderMark).where(LadderMark.id.in_(marks[start : start + 500])))
