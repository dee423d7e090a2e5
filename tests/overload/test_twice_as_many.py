"""Twice as many ask as can be served, of the product as it runs, over a real socket."""

import uuid
from collections.abc import Callable, Sequence
from itertools import cycle

import pytest

from tests.crash.settling import Person, Places, settle_writers
from tests.overload.crowd import (
    Answer,
    Ask,
    Crowd,
    everyone_in_turn,
    percentile,
    statuses,
)

WELL = {200, 303}
TOLD_TO_COME_BACK = {429, 503}
RECOVERED_WITHIN_SECONDS = 10


def test_all_are_answered_and_what_was_typed_is_kept(install):
    """Sixty at once for one process: more than can wait."""
    crowd = serve(install, processes=1, members=100)
    answers = crowd.patient(people=90, seconds=0.5)
    assert told_apart(answers)
    assert {one.status for one in crowd.patient(people=2, seconds=0.2)} <= WELL


@pytest.mark.soak
def test_a_minute_at_twice_the_capacity(install, database):
    crowd = serve(install, database=database)
    crowd.patient(people=4, seconds=3)
    served = crowd.patient(people=16, seconds=10)
    capacity = sum(one.status in WELL for one in served) / 10
    answers = crowd.impatient(2 * capacity, seconds=60)
    say(capacity, answers)
    assert told_apart(answers)
    assert percentile([one for one in answers if one.status in TOLD_TO_COME_BACK], 50) < 50
    seconds = 1
    while {one.status for one in crowd.impatient(capacity / 2, seconds=1)} - WELL:
        seconds += 1
        assert seconds <= RECOVERED_WITHIN_SECONDS
    print(f"recovered within {seconds} s")


def serve(install, *, database: str = "sqlite", processes: int = 2, members: int = 300) -> Crowd:
    installation, app = install(database=database)
    installation.environ["WEB_WORKERS"] = str(processes)
    people, places = settle_writers(app, members=members)
    installation.start()
    asks = everyone_in_turn(people, [*reading() * 3, replying(places)])
    return Crowd("127.0.0.1", installation.port, asks)


def reading() -> list[Callable[[Person], Ask]]:
    return [lambda person, page=page: Ask(page, person) for page in ("/latest", "/ideas", "/")]


def replying(places: Places) -> Callable[[Person], Ask]:
    threads = cycle(places.threads)

    def reply(person: Person) -> Ask:
        token = uuid.uuid4().hex
        fields = {"text": f"Reply {token}", "submission": token}
        return Ask(f"/threads/{next(threads)}/posts", person, person.form(**fields), token)

    return reply


def told_apart(answers: Sequence[Answer]) -> bool:
    """Each was served, or told when to come back with what was typed: nothing else."""
    away = [one for one in answers if one.status in TOLD_TO_COME_BACK]
    assert {one.status for one in answers} <= WELL | TOLD_TO_COME_BACK, statuses(answers)
    assert away and len(away) < len(answers)
    assert all("\r\nRetry-After: " in one.head and one.ask.mark in one.body for one in away)
    return True


def say(capacity: float, answers: Sequence[Answer]) -> None:
    well = [one for one in answers if one.status in WELL]
    away = [one for one in answers if one.status in TOLD_TO_COME_BACK]
    print(f"capacity {capacity:.0f}/s; twice as many for a minute: {len(well) / 60:.0f}/s served,")
    print(f"  p50 {percentile(well, 50):.0f} ms, p99 {percentile(well, 99):.0f} ms;", end=" ")
    print(f"told to come back: p50 {percentile(away, 50):.0f}, p99 {percentile(away, 99):.0f} ms;")
    print(f"  {statuses(answers)}")
