"""How far members have come: the ladder's levels, and the ways between them."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select

from community.config import settings
from community.database import session
from metrics.ladder.models import LadderCount, Standing
from metrics.ladder.rules import ENGAGED, PARTICIPATING, Level
from metrics.ladder.standings import GONE, NEW
from metrics.measures.dialogue import share
from metrics.measures.people import MANY, SEED, person_rows
from metrics.measures.rows import Row
from metrics.measures.sharing import shared
from metrics.questions import Question
from metrics.results import Figure
from metrics.statistics.bootstrap import bootstrap_histogram, bootstrap_interval
from metrics.statistics.concentration import Histogram
from metrics.statistics.proportions import wilson

Cell = tuple[int, int]
Matrix = Counter[Cell]

LEVELS = tuple(map(int, Level))
ACTIVE = LEVELS[1:]
ROWS, COLUMNS = (NEW, *LEVELS), (*LEVELS, *map(int, GONE))
NAMES = {NEW: "new", **{int(level): str(int(level)) for level in Level}, 6: "left", 7: "erased"}


@shared
def matrix(question: Question) -> Matrix:
    """How many members went from which level to which."""
    found = session.execute(
        select(LadderCount.before, LadderCount.after, func.sum(LadderCount.members))
        .where(*_asked(LadderCount, question))
        .group_by(LadderCount.before, LadderCount.after)
    )
    return Counter({(before, after): int(count) for before, after, count in found})


def _asked(model: type[Any], question: Question) -> list[ColumnElement[bool]]:
    clauses = [model.first == question.window.first_day]
    if question.segment is not None:
        clauses.append(model.segment == int(question.segment))
    return clauses


def _count(cells: Matrix, before: Iterable[int], after: Iterable[int]) -> int:
    columns = tuple(after)
    return sum(cells[row, column] for row in before for column in columns)


# Figures -------------------------------------------------------------------------------


def engaged(question: Question) -> Figure:
    cells = matrix(question)
    levels = {level: _count(cells, ROWS, [level]) for level in LEVELS}
    members = sum(levels.values())
    if not members:
        return Figure()
    told = _told_levels(levels)
    return share(
        sum(levels[level] for level in ENGAGED),
        sum(levels[level] for level in ACTIVE),
        members=members,
        distribution=[_part(level, told[level], members) for level in LEVELS],
    )


def _part(level: int, count: int | None, members: int) -> dict[str, Any]:
    """One level's share of all members; where it would tell of too few, that it does."""
    part: dict[str, Any] = {"level": level, "name": Level(level).name.lower(), "count": count}
    if count is None:
        return part | {"share": None, "low": None, "high": None}
    low, high = wilson(count, members)
    return part | {"share": count / members, "low": low, "high": high}


def transitions(question: Question) -> Figure:
    """Not a number; the rows of the matrix are those who were on one level before."""
    cells = matrix(question)
    sums = {row: _count(cells, [row], COLUMNS) for row in ROWS}
    told = _without_the_few(sums)
    return Figure(
        n=sum(sums.values()),
        detail={
            "from": [NAMES[row] for row in ROWS],
            "to": [NAMES[column] for column in COLUMNS],
            "counts": [
                None if told[row] is None else [cells[row, column] for column in COLUMNS]
                for row in ROWS
            ],
            "shares": [
                [cells[row, column] / sums[row] for column in COLUMNS] if told[row] else None
                for row in ROWS
            ],
        },
    )


def conversion(question: Question) -> Figure:
    cells = matrix(question)
    return share(_count(cells, PARTICIPATING, ENGAGED), _count(cells, PARTICIPATING, COLUMNS))


def retention(question: Question) -> Figure:
    cells = matrix(question)
    return share(_count(cells, ENGAGED, ENGAGED), _count(cells, ENGAGED, COLUMNS))


def net_progress(question: Question) -> Figure:
    moves = Counter[int]()
    for (before, after), count in matrix(question).items():
        if before in LEVELS and after in LEVELS:
            moves[(after > before) - (after < before)] += count
    pairs = moves.total()
    if not pairs:
        return Figure()
    spread = tuple((float(step), moves[step]) for step in (-1, 0, 1) if moves[step])
    low, high = _bootstrapped(spread)
    return Figure(
        value=_mean(spread),
        low=low,
        high=high,
        n=pairs,
        detail={"ups": moves[1], "downs": moves[-1], "seed": SEED},
    )


def _mean(spread: Histogram) -> float:
    people = sum(count for _step, count in spread)
    return sum(step * count for step, count in spread) / people if people else 0.0


@lru_cache(maxsize=256)
def _bootstrapped(spread: tuple[tuple[float, int], ...]) -> tuple[float, float]:
    """Members are redrawn, each with the step they made."""
    if sum(count for _step, count in spread) > MANY:
        return bootstrap_histogram(spread, _mean, seed=SEED)
    steps = [step for step, count in spread for _member in range(count)]
    return bootstrap_interval(steps, lambda drawn: sum(drawn) / len(drawn), seed=SEED)


def _told_levels(levels: dict[int, int]) -> dict[int, int | None]:
    """How many are engaged, take part and are absent is told anyway, so each is one whole."""
    told: dict[int, int | None] = {Level.ABSENT: levels[Level.ABSENT]}
    for group in (PARTICIPATING, ENGAGED):
        told |= _without_the_few({int(level): levels[level] for level in group})
    return told


def _without_the_few(counts: dict[int, int]) -> dict[int, int | None]:
    """None for groups too small to be told of, and for one more where only one is.

    What is all there is needs no hiding: the sum is known.
    """
    fewest = settings().suppress_below
    small = {key for key, count in counts.items() if 0 < count < fewest}
    others = sorted((count, key) for key, count in counts.items() if count and key not in small)
    if len(small) == 1:
        small = small | {others[0][1]} if others else set()
    return {key: None if key in small else count for key, count in counts.items()}


# People --------------------------------------------------------------------------------


def count_active(question: Question) -> int:
    return _count(matrix(question), ROWS, ACTIVE)


def count_all(question: Question) -> int:
    return matrix(question).total()


def count_participating_before(question: Question) -> int:
    return _count(matrix(question), PARTICIPATING, COLUMNS)


def count_engaged_before(question: Question) -> int:
    return _count(matrix(question), ENGAGED, COLUMNS)


def count_in_both(question: Question) -> int:
    return _count(matrix(question), LEVELS, LEVELS)


# Rows ----------------------------------------------------------------------------------


def _listing(*chosen: ColumnElement[bool]) -> Callable[[Question], list[Row]]:
    def rows(question: Question) -> list[Row]:
        members = select(Standing.member_id, Standing.event_id)
        return person_rows(members.where(*_asked(Standing, question), *chosen))

    return rows


_now_engaged = Standing.after.in_(ENGAGED)
_member_before, _member_after = Standing.before.in_(LEVELS), Standing.after.in_(LEVELS)

engaged_rows = _listing(_now_engaged)
converted_rows = _listing(Standing.before.in_(PARTICIPATING), _now_engaged)
retained_rows = _listing(Standing.before.in_(ENGAGED), _now_engaged)
moved_rows = _listing(_member_before, _member_after, Standing.before != Standing.after)
changed_rows = _listing(Standing.before != Standing.after)
