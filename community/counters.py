"""Counts and times kept beside their rows: what each must say, and how a wrong one is set right.

A room declares its counts in `counters.py`. The worker compares a slice of each table at a time, so
that whatever made a count wrong (a fault of ours, a row put in by hand, a restored table) it is
right again after a round, and the log says what it was.
"""

import logging
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, String, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from community.database import Base, session, write_transaction
from community.jobs import periodic
from community.versions import touch_subject

log = logging.getLogger(__name__)

SLICE = 2_000
SAME_TO = 1e-9  # sums of the same numbers, added up in another order
# A row's time and that kept beside it are taken one after the other, with a lock between them.
SAME_WITHIN = timedelta(seconds=5)


class RoundOfChecks(Base):
    """How far the present round through a table has come."""

    __tablename__ = "round_of_checks"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    after: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Counter:
    """`recount` is a subquery on the rows themselves, correlated with the column's table.

    `nothing`: what the column says where there are no rows.
    """

    column: InstrumentedAttribute[Any]
    recount: ScalarSelect[Any]
    nothing: Any = 0

    @property
    def model(self) -> type[Any]:
        return self.column.class_

    @property
    def name(self) -> str:
        return f"{self.model.__tablename__}.{self.column.key}"


@dataclass(frozen=True)
class Wrong:
    """A count that says something else than its rows."""

    counter: Counter
    row_id: int
    said: Any
    real: Any

    def __str__(self) -> str:
        return f"{self.counter.name} of {self.row_id} says {self.said}, but it is {self.real}"


Declaration = Callable[[], Iterable[Counter]]

_declared: list[Declaration] = []


def counted(declare: Declaration) -> Declaration:
    """Register counts; asked when all rooms are there, so that it may go through the subjects."""
    _declared.append(declare)
    return declare


def counters() -> list[Counter]:
    return [counter for declare in _declared for counter in declare()]


def wrong_counts() -> Iterator[Wrong]:
    """All that are wrong now, slice by slice."""
    for counter in counters():
        after: int | None = 0
        while after is not None:
            wrong, after = _compare(counter, after)
            yield from wrong


def mend_counts() -> int:
    """Set all wrong counts right, here and now; say how many there were."""
    wrong = list(wrong_counts())
    _mend(wrong)
    return len(wrong)


@periodic("counters.compare", minutes=1)
def mend_next_slice() -> None:
    """Compare the next slice of each count, and begin again after the last."""
    for counter in counters():
        wrong, after = _compare(counter, place_of(counter.name))
        _mend(wrong)
        go_on_from(counter.name, after or 0)


def place_of(name: str) -> int:
    """Where the present round of this name goes on."""
    place = session.scalar(select(RoundOfChecks.after).where(RoundOfChecks.name == name))
    session.rollback()
    return place or 0


def go_on_from(name: str, after: int) -> None:
    if place_of(name) != after:
        with write_transaction():
            session.merge(RoundOfChecks(name=name, after=after))


def _compare(counter: Counter, after: int) -> tuple[list[Wrong], int | None]:
    """What is wrong in the slice behind `after`, and where the next one begins, if there is one."""
    model = counter.model
    rows = session.execute(
        select(model.id, counter.column, counter.recount)
        .where(model.id > after)
        .order_by(model.id)
        .limit(SLICE)
    ).all()
    session.rollback()
    compared = [(row_id, said, real or counter.nothing) for row_id, said, real in rows]
    wrong = [Wrong(counter, *row) for row in compared if not _is_same(*row[1:])]
    return wrong, rows[-1][0] if len(rows) == SLICE else None


def _is_same(said: Any, real: Any) -> bool:
    if said is None or real is None:
        return said is real
    if isinstance(real, datetime):
        return abs(said - real) <= SAME_WITHIN
    return math.isclose(said, real, rel_tol=SAME_TO)


def _mend(wrong: Iterable[Wrong]) -> None:
    for one in wrong:
        with write_transaction():
            if _set_right(one.counter, one.row_id):
                log.warning("%s: set right", one)


def _set_right(counter: Counter, row_id: int) -> bool:
    """Hold the row, so that whoever counts at this moment counts before or after; then recount."""
    model, column = counter.model, counter.column
    row = session.scalar(select(model).where(model.id == row_id).with_for_update())
    if row is None:
        return False
    recount = select(counter.recount).select_from(model).where(model.id == row_id)
    real = session.scalar(recount) or counter.nothing
    if _is_same(getattr(row, column.key), real):
        return False
    session.execute(update(model).where(model.id == row_id).values({column.key: real}))
    if hasattr(row, "space_id"):
        touch_subject(row)
    return True
