"""Where each member stands in a period, and where they stood in the one before."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import select

from community.database import session, write_transaction
from metrics.facts.models import Side
from metrics.ladder.memberships import NOT_YET, Memberships
from metrics.ladder.models import Change, Evidence, LadderCount, Standing
from metrics.ladder.periods import last_day, later
from metrics.ladder.rules import OF_PERIODS, Level, level_of
from metrics.ladder.writing import replace_rows

NEW = -1
GONE = (Change.LEFT, Change.ERASED)


class Shown(NamedTuple):
    """A member's evidence of one period."""

    segment: int
    rung: int
    validated: bool
    event_id: int | None


Shelf = dict[int, Shown]
Reader = Callable[[int], Shelf]
Cell = tuple[int, int]


def read_evidence(first: int) -> Shelf:
    found = session.execute(
        select(
            Evidence.member_id,
            Evidence.segment,
            Evidence.rung,
            Evidence.validated,
            Evidence.event_id,
        ).where(Evidence.first == first)
    )
    return {row[0]: Shown(*row[1:]) for row in found}


def build_standings(first: int, people: Memberships, evidence: Reader) -> None:
    """Delete the period's rows and insert them from the evidence, in one transaction."""
    with write_transaction():
        rows = Standings(first, people, evidence)
        replace_rows(Standing, first, rows.of_members())
        replace_rows(LadderCount, first, rows.counts())


class Standings:
    """The members of two periods, each in one cell of the matrix, or in none."""

    def __init__(self, first: int, people: Memberships, evidence: Reader) -> None:
        self.first, self.people = first, people
        self.shelves = [evidence(later(first, -back)) for back in range(OF_PERIODS + 1)]
        self.ends = (last_day(later(first, -1)), last_day(first))
        self.seen = sorted(self.shelves[0].keys() | self.shelves[1].keys())

    def of_members(self) -> list[dict[str, int | None]]:
        """One row for each who was not absent throughout."""
        return [
            {
                "first": self.first,
                "member_id": member,
                "segment": self._segment(member),
                "before": cell[0],
                "after": cell[1],
                "event_id": self._contribution(member),
            }
            for member in self.seen
            if any(self._levels(member)) and (cell := self._cell(member))
        ]

    def counts(self) -> list[dict[str, int]]:
        """The absent are counted by when they joined; whoever is known better is put right."""
        cells: Counter[tuple[int, Cell | None]] = Counter()
        for segment in Side:
            there, now = (self.people.count_joined(segment, end) for end in self.ends)
            cells[segment, (0, 0)] += there
            cells[segment, (NEW, 0)] += now - there
        for member in {*self.seen, *self.people.changes}:
            if member in self.people.segments:
                cells[self.people.segments[member], self._cell_by_joining(member)] -= 1
            cells[self._segment(member), self._cell(member)] += 1
        return [
            {
                "first": self.first,
                "segment": segment,
                "before": cell[0],
                "after": cell[1],
                "members": count,
            }
            for segment, cell, count in sorted(
                (segment, cell, count) for (segment, cell), count in cells.items() if cell
            )
            if count
        ]

    def _cell(self, member: int) -> Cell | None:
        """From which level to which; None for who was a member in neither period."""
        level_before, level = self._levels(member)
        state_before, state = (self.people.state(member, end) for end in self.ends)
        before = level_before if level_before or state_before == 0 else NEW
        before = NEW if state_before in GONE else before
        after = state if state in GONE else level
        nowhere = after in GONE or (state == NOT_YET and not level)
        return None if before == NEW and nowhere else (before, after)

    def _cell_by_joining(self, member: int) -> Cell | None:
        there, now = (self.people.joined[member] <= end for end in self.ends)
        return (0 if there else NEW, 0) if now else None

    def _levels(self, member: int) -> Cell:
        """In the period before, and in this one."""
        return self._level(member, 1), self._level(member, 0)

    def _level(self, member: int, back: int) -> int:
        shown = self.shelves[back].get(member)
        if shown is None:
            return Level.ABSENT
        periods = self.shelves[back : back + OF_PERIODS]
        engaged = sum(
            member in shelf and shelf[member].rung == Level.PARTICIPATE for shelf in periods
        )
        return level_of(shown.rung, validated=shown.validated, engaged_periods=engaged)

    def _segment(self, member: int) -> int:
        """That of what they did last in the two periods, else that of today."""
        shown = (shelf[member].segment for shelf in self.shelves[:2] if member in shelf)
        return next(filter(None, shown), self.people.segments.get(member, Side.NOBODY))

    def _contribution(self, member: int) -> int | None:
        shown = (shelf[member].event_id for shelf in self.shelves[:2] if member in shelf)
        return next(filter(None, shown), None)
