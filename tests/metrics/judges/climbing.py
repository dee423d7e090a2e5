"""The judge's ladder: from the files' lists, one member and one rule at a time."""

from bisect import bisect_left
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import networkx

from tests.metrics.judges.verdicts import World, share

Matrix = dict[tuple[str, str], int]
FOUR_WEEKS = timedelta(weeks=4)


class Timeline:
    """Things that happened, found by when; each ends with its moment."""

    def __init__(self, happened: list[tuple]) -> None:
        self.happened = sorted(happened, key=lambda one: one[-1])
        self.moments = [one[-1] for one in self.happened]

    def between(self, start: datetime, end: datetime) -> list[tuple]:
        return self.happened[bisect_left(self.moments, start) : bisect_left(self.moments, end)]


class Judge:
    def __init__(self, world: World) -> None:
        self.world = world
        human = world.human
        openings = [(said.person, said.at) for said in world.said if said.to is None]
        everything = [(said.person, said.at) for said in world.said]
        everything += [*world.other_acts, *world.other_contributions]
        self.acts = Timeline([act for act in everything if human(act[0])])
        self.originals = Timeline(
            [one for one in [*openings, *world.other_contributions] if human(one[0])]
        )
        self.sense = Timeline([one for one in world.sense_making if human(one[0])])
        self.nods, self.outcomes = (
            Timeline([(a, b, at) for a, b, at in found if human(a) and human(b) and a != b])
            for found in (world.nods, world.outcomes)
        )
        self.replies = Timeline(
            [
                (said.person, said.to, said.at)
                for said in world.said
                if said.to and said.to != said.person and human(said.person) and human(said.to)
            ]
        )
        self.period = cache(self._period)
        self.levels = cache(self._levels)

    def _period(self, sunday: date) -> tuple[dict[str, int], set[str]]:
        """What the four weeks up to a Sunday give by themselves, and whose work was found good."""
        end = datetime.combine(sunday + timedelta(days=1), time(), UTC)
        span = (end - FOUR_WEEKS, end)
        days: dict[str, set[date]] = {}
        for person, at in self.acts.between(*span):
            days.setdefault(person, set()).add(at.date())
        looked = Counter(
            person
            for person, *_ in {
                (person, thing, at.date()) for person, thing, at in self.sense.between(*span)
            }
        )
        nodded = Counter(
            person for person, _ in {(one[0], one[1]) for one in self.nods.between(*span)}
        )
        made = {person for person, _ in self.originals.between(*span)}
        talks = networkx.DiGraph((one[0], one[1]) for one in self.replies.between(*span))
        circles = list(networkx.weakly_connected_components(talks))
        largest = max(map(len, circles), default=0)
        small = set().union(*(c for c in circles if len(c) <= 3 < largest))
        levels = {}
        for person, on in days.items():
            answered = set(talks.successors(person)) if person in talks else set()
            talked = len(answered) >= 2 and any(talks.has_edge(b, person) for b in answered)
            level = 1
            if len(on) >= 2:
                level = 2 if looked[person] >= 2 else level
                level = 3 if person in made or nodded[person] >= 3 else level
                level = (3 if person in small else 4) if talked else level
            levels[person] = level
        return levels, {one[0] for one in self.outcomes.between(*span)}

    def _levels(self, sunday: date) -> dict[str, int]:
        three = [self.period(sunday - back * FOUR_WEEKS) for back in range(3)]
        alone, good = three[0]
        levels = dict(alone)
        for person in good:
            if sum(levels.get(person) == 4 for levels, _ in three) >= 2:
                levels[person] = 5
        return {person: level for person, level in levels.items() if level}

    def matrix(self, sunday: date, segment: str = "") -> Matrix:
        before, now = self.levels(sunday - FOUR_WEEKS), self.levels(sunday)
        cells: Counter[tuple[str, str]] = Counter()
        for person, theirs in self.world.segments.items():
            if segment and theirs != segment:
                continue
            start = self._state(person, sunday - FOUR_WEEKS)
            end = self._state(person, sunday)
            row = str(before.get(person, 0))
            if start in ("left", "erased") or (start == "not yet" and row == "0"):
                row = "new"
            column = end if end in ("left", "erased") else str(now.get(person, 0))
            absent = column in ("left", "erased") or (end == "not yet" and column == "0")
            if not (row == "new" and absent):
                cells[row, column] += 1
        return dict(cells)

    def _state(self, person: str, sunday: date) -> str:
        end = datetime.combine(sunday + timedelta(days=1), time(), UTC)
        if self.world.joined[person] >= end:
            return "not yet"
        known = [what for who, at, what in self.world.leavings if who == person and at < end]
        return known[-1] if known else "here"


def columns(matrix: Matrix) -> list[int]:
    counts = [sum(n for (_, to), n in matrix.items() if to == str(level)) for level in range(6)]
    return counts if sum(counts) else []


def _count(matrix: Matrix, rows: str, to: str) -> int:
    return sum(n for (row, column), n in matrix.items() if row in [*rows] and column in [*to])


def engaged(matrix: Matrix) -> dict[str, float]:
    levels = columns(matrix) or [0] * 6
    return share(sum(levels[4:]), sum(levels[1:]))


def conversion(matrix: Matrix) -> dict[str, float]:
    left = sum(n for (row, to), n in matrix.items() if row in "123" and to in ("left", "erased"))
    return share(_count(matrix, "123", "45"), _count(matrix, "123", "012345") + left)


def retention(matrix: Matrix) -> dict[str, float]:
    left = sum(n for (row, to), n in matrix.items() if row in "45" and to in ("left", "erased"))
    return share(_count(matrix, "45", "45"), _count(matrix, "45", "012345") + left)


def net_progress(matrix: Matrix) -> float | None:
    steps = [
        (int(row) < int(to)) - (int(row) > int(to))
        for (row, to), count in matrix.items()
        if row.isdigit() and to.isdigit()
        for _ in range(count)
    ]
    return sum(steps) / len(steps) if steps else None
