"""Twice as many ask as can be served, of the product as it runs, over a real socket."""

import uuid
from collections.abc import Callable, Sequence
from itertools import cycle, islice

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
from tests.overload.flood import Flood

WELL = {200, 303}
BUSY = 503
TOLD_TO_COME_BACK = {BUSY, 429}  # whoever asked too often themselves hears so for a minute
RECOVERED_WITHIN_SECONDS = 10
ASKED_A_SECOND = 40  # of those who are timed


def test_all_are_answered_and_what_was_typed_is_kept(install):
    """Sixty at once for one process: more than can wait."""
    crowd = serve(install, processes=1, members=100)
    answers = crowd.patient(people=90, seconds=0.5)
    assert told_apart(answers)
    assert {one.status for one in crowd.patient(people=2, seconds=0.2)} <= WELL


@pytest.mark.soak
def test_a_minute_at_twice_the_capacity(install, database, tmp_path):
    crowd = serve(install, database=database)
    crowd.patient(people=4, seconds=3)
    flood = Flood(list(islice(crowd.asks, 1200)), crowd.host, tmp_path)
    capacity = flood.capacity(seconds=10)
    with flood.at(2 * capacity, seconds=60):
        answers = crowd.impatient(ASKED_A_SECOND, seconds=58)
    print(f"capacity {capacity:.0f}/s; {flood.rate:.0f}/s asked for a minute; of them")
    say(answers)
    assert told_apart(answers) and not flood.odd
    assert percentile([one for one in answers if one.status in TOLD_TO_COME_BACK], 50) < 50
    seconds = 1
    while BUSY in {one.status for one in crowd.impatient(ASKED_A_SECOND, seconds=1)}:
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


def say(answers: Sequence[Answer]) -> None:
    well = [one for one in answers if one.status in WELL]
    away = [one for one in answers if one.status in TOLD_TO_COME_BACK]
    writing = [one for one in away if one.ask.body]
    reading = [one for one in away if not one.ask.body]
    kinds = {"served": well, "told to come back": away, "readers": reading, "writers": writing}
    for said, some in kinds.items():
        p50, p99 = percentile(some, 50), percentile(some, 99)
        print(f"  {said}: {len(some)}, p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    print(f"  {statuses(answers)}")
