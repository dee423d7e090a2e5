"""`kill -9` at any moment: nothing acknowledged is lost, nothing counts twice, all heals alone."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import exists, or_, select, text

from community.database import session, write_transaction
from community.events import EventRow
from community.jobs import Job
from community.worker import redeliver
from tests.crash.checks import complaints, missing_events, repeated_votes
from tests.crash.clients import Book, Client, writing
from tests.crash.installation import ONE_PROCESS, PATIENCE_SECONDS, VICTIMS, Installation
from tests.crash.settling import Person, Places, settle_writers

CLIENTS = 6
WRITES_BEFORE_A_KILL = (60, 160)
KILLS_TO_NOTICE = 8
HEALED_WITHIN_SECONDS = 100  # ten times what it may take where nothing else runs
# Mostly one process of those that serve, which costs no new start of the whole.
OFTEN = (*[ONE_PROCESS] * 7, *VICTIMS)


def test_nothing_acknowledged_is_lost_when_server_and_worker_are_killed(install):
    keeps_its_word(*install(), [*VICTIMS, ONE_PROCESS])


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_twenty_kills(install, database):
    keeps_its_word(*install(database=database), one_after_another(VICTIMS, 20))


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_two_hundred_kills(install, database):
    keeps_its_word(*install(database=database), one_after_another(OFTEN, 200))


@pytest.mark.fault("votes without their unique key", caught_by="votes counted after kill -9")
def test_a_vote_without_its_unique_key_is_noticed(install):
    installation, app = install(fault="votes_inserted_plainly")
    people, places = settle_writers(app, members=6)
    with app.app_context(), write_transaction():
        session.execute(text("DROP INDEX uq_vote_idea_id_member_id"))
    books = write_and_kill(installation, people, places, ["server"])
    with app.app_context():
        assert list(repeated_votes(books))


@pytest.mark.fault("event written after the commit", caught_by="events counted after kill -9")
def test_an_event_written_after_the_commit_is_noticed(install):
    installation, app = install(fault="events_after_the_commit")
    people, places = settle_writers(app)
    for _kill in range(KILLS_TO_NOTICE):  # one may fall where nothing is under way
        books = write_and_kill(installation, people, places, ["everything"])
        with app.app_context():
            if list(missing_events(books)):
                return
            session.remove()
    pytest.fail("no kill fell between a commit and its event")


def one_after_another(victims: Sequence[str], cycles: int) -> list[str]:
    return [victims[number % len(victims)] for number in range(cycles)]


def keeps_its_word(installation: Installation, app: Flask, victims: Sequence[str]) -> None:
    people, places = settle_writers(app)
    books = write_and_kill(installation, people, places, victims)
    installation.start()
    nothing_is_missing(installation, app, places, books)
    print(f"{len(victims)} kills: {told(books)}")


def nothing_is_missing(
    installation: Installation, app: Flask, places: Places, books: Sequence[Book]
) -> None:
    """Those who got no answer send again; soon all is quiet, and everything is there and right."""
    began = time.monotonic()
    send_again(installation, places, books)
    with app.app_context():
        assert is_idle_within(HEALED_WITHIN_SECONDS)
        print(f"caught up after {time.monotonic() - began:.1f} s")
        assert complaints(books) == [], installation.faults()
        session.remove()
    assert installation.stop() == 0


def told(books: Sequence[Book]) -> str:
    put_off = sum((book.put_off for book in books), Counter())
    return f"{acknowledged(books)} acknowledged writes, all there; put off {dict(put_off)}"


def write_and_kill(
    installation: Installation, people: list[Person], places: Places, victims: Sequence[str]
) -> list[Book]:
    """Write while each of the victims in turn is killed at some moment, and is started again."""
    books = [Book() for _client in range(CLIENTS)]
    moments = random.Random(len(victims))
    killed, waits = time.monotonic(), []
    for cycle, victim in enumerate(victims):
        installation.start()
        clients = [
            Client(installation.port, people[number::CLIENTS], places, book, f"{cycle} {number}")
            for number, book in enumerate(books)
        ]
        with writing(clients):
            wait_for_more(1, books)
            waits.append(time.monotonic() - killed)
            wait_for_more(moments.randint(*WRITES_BEFORE_A_KILL), books)
            installation.kill(victim)
            killed = time.monotonic()
    print(f"written again {median(waits):.1f} s after a kill, at most {max(waits):.1f} s")
    return books


def wait_for_more(writes: int, books: Sequence[Book]) -> None:
    before, until = acknowledged(books), time.monotonic() + PATIENCE_SECONDS
    while acknowledged(books) < before + writes:
        assert time.monotonic() < until, [book.refused for book in books]
        time.sleep(0.001)


def acknowledged(books: Sequence[Book]) -> int:
    return sum(book.acknowledged for book in books)


def send_again(installation: Installation, places: Places, books: Sequence[Book]) -> None:
    """As people do who got no answer: the same form once more."""
    for book in books:
        client = Client(installation.port, [], places, book, "again")
        for reply in [reply for reply, acknowledged in book.replies.items() if not acknowledged]:
            client.send_reply(reply)
        client.connection.close()


def is_idle_within(seconds: float) -> bool:
    """Whether the worker has caught up by then, nobody helping.

    What it could not hand over, for want of room, it tries again some seconds later.
    """
    untold = exists().where(EventRow.dispatched_at.is_(None))
    waiting = select(or_(untold, exists().where(Job.kind == redeliver.name)))
    until = time.monotonic() + seconds
    while session.scalar(waiting):
        session.rollback()
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    session.rollback()
    return True
