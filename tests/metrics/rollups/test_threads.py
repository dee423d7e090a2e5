"""What came of topics, by statements that look at many at once: as plain Python finds it."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

import pytest
from sqlalchemy import insert, select

from community.database import session, table_of, write_transaction
from metrics.facts.models import Fact, Kind, Verb
from metrics.rollups import building
from metrics.rollups.models import ThreadOpened
from metrics.rollups.survival import GRACE
from tests.metrics.rollups.test_rebuild import contents

DAYS, THREADS, HAPPENINGS = range(20260301, 20260329), 15, 600
DAY_MS = GRACE // 7
LATER = [Verb.POST] * 12 + [Verb.WITHDRAWN, Verb.RESTORED, Verb.CLOSED, Verb.REOPENED, Verb.MOVED]


class Told(NamedTuple):
    """A fact, in the order of `Fact`'s columns."""

    day: int
    event_id: int
    at: int
    verb: int
    member_id: int
    segment: int
    organization_id: int
    unit_id: int
    space_id: int
    boundary: int
    object_kind: int
    object_id: int
    thread_id: int
    to_member_id: int
    to_segment: int
    detail: int

    @property
    def place(self) -> tuple[int, int]:
        return self.at, self.event_id


class Telling:
    """Topics in which anything happens at any time, often at the same moment."""

    def __init__(self, seed: int) -> None:
        self.chance, self.facts = Random(seed), list[Told]()
        self.posts: dict[int, list[int]] = {}
        for thread in range(1, THREADS + 1):
            day = self.chance.randrange(14)
            self.tell(day, Verb.OPENED, thread, Kind.TOPIC, thread)
            self.tell(day, Verb.TOPIC, thread, Kind.POST, 1000 * thread)
            self.posts[thread] = [1000 * thread]
        for _happening in range(HAPPENINGS):
            self.anything()

    def anything(self) -> None:
        thread, verb = self.chance.randint(1, THREADS), self.chance.choice(LATER)
        day = self.chance.randrange(len(DAYS))
        if verb == Verb.POST:
            self.posts[thread].append(self.posts[thread][-1] + 1)
            return self.tell(day, verb, thread, Kind.POST, self.posts[thread][-1])
        if verb in (Verb.WITHDRAWN, Verb.RESTORED) and self.chance.random() < 0.8:
            post = self.chance.choice(self.posts[thread])
            return self.tell(day, verb, thread, Kind.POST, post)
        return self.tell(day, verb, thread, Kind.TOPIC, thread)

    def tell(self, day: int, verb: Verb, thread: int, kind: Kind, key: int) -> None:
        member, to = self.chance.randint(1, 6), self.chance.randint(1, 6)
        at = day * DAY_MS + self.chance.randrange(4) * 1000
        space, event = self.chance.randint(1, 2), len(self.facts) + 1
        sides, detail = (1 + member % 2, 1 + to % 2), int(self.chance.random() < 0.2)
        who, where = (member, sides[0], 0, 0), (space, space - 1)
        what = (kind, key, thread, to, sides[1], detail)
        self.facts.append(Told(DAYS[day], event, at, verb, *who, *where, *what))


def survives(made: Told, facts: list[Told]) -> bool:
    seen = [one for one in facts if one.at <= made.at + GRACE]
    gone = [one for one in seen if one.verb == Verb.WITHDRAWN]
    back = [one for one in seen if one.verb == Verb.RESTORED]
    return not any(
        not any(came.place > went.place and same(came) for came in back)
        for same in _ways_to_go(made)
        for went in gone
        if same(went)
    )


def _ways_to_go(made: Told) -> Iterator[Callable[[Told], bool]]:
    """It was withdrawn itself, or its topic with all its posts."""
    yield lambda one: (one.object_kind, one.object_id) == (made.object_kind, made.object_id)
    yield lambda one: one.object_kind == Kind.TOPIC and one.thread_id == made.thread_id


def thread_of(opening: Told, facts: list[Told]) -> dict[str, Any]:
    ours = sorted(
        (one for one in facts if one.thread_id == opening.thread_id), key=lambda o: o.place
    )
    turns = [o for o in ours if o.verb in (Verb.TOPIC, Verb.POST) and survives(o, ours)]
    moved = [one for one in ours if one.verb == Verb.MOVED] or [opening]
    changes = [one for one in ours if one.verb in (Verb.CLOSED, Verb.REOPENED)]
    sides = [one for at, one in enumerate(turns) if not at or turns[at - 1].segment != one.segment]
    others = [one for one in turns if one.member_id != opening.member_id]
    broadcast = moved[-1].boundary == 1 and opening.segment == 1
    return {
        "thread_id": opening.thread_id,
        "topic_id": opening.object_id,
        "day": opening.day,
        "opened_at": opening.at,
        "member_id": opening.member_id,
        "segment": opening.segment,
        "space_id": moved[-1].space_id,
        "boundary": moved[-1].boundary,
        "needs_response": not broadcast and opening.detail != 1,
        "broadcast": broadcast,
        "answered_at": _first(others),
        "staff_answered_at": _first(one for one in others if one.segment == 1),
        "customer_at": _first(one for one in turns if one.segment != 1),
        "two_way_at": _first(sides[2:]),
        "closed_at": _first(one for one in changes[-1:] if one.verb == Verb.CLOSED),
    }


def _first(some: Iterable[Told]) -> int | None:
    return next((one.at for one in some), None)


def keep(facts: list[Told]) -> None:
    with write_transaction():
        session.execute(insert(Fact), [one._asdict() for one in facts])


@pytest.mark.parametrize("seed", range(2))
def test_topics_are_what_plain_python_makes_of_their_facts(app, seed):
    facts = Telling(seed).facts
    keep(facts)
    building.rebuild_days(DAYS)
    found = session.execute(select(table_of(ThreadOpened))).mappings()
    made = {row["thread_id"]: dict(row) for row in found}
    openings = [one for one in facts if one.verb == Verb.OPENED and survives(one, facts)]
    assert made == {one.thread_id: thread_of(one, facts) for one in openings}
    assert 3 < len(made) < THREADS


def test_days_made_together_are_as_days_made_alone(app, monkeypatch):
    keep(Telling(3).facts)
    assert list(building.stretches(DAYS)) == [[*DAYS]]
    building.rebuild_days(DAYS)
    together = contents()
    monkeypatch.setattr(building, "FACTS_AT_ONCE", 1)
    alone = list(building.stretches(DAYS))
    for days in reversed(alone):
        building.rebuild_days(days)
    assert len(alone) == len(DAYS)
    assert contents() == together
