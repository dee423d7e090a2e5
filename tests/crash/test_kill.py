"""`kill -9` at any moment: nothing acknowledged is lost, nothing counts twice, all heals alone."""

import random
import time
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import exists, select, text

from community.database import session, write_transaction
from community.events import EventRow
from tests.crash.checks import complaints, missing_events, repeated_votes
from tests.crash.clients import Book, Client, writing
from tests.crash.installation import PATIENCE_SECONDS, VICTIMS, Installation
from tests.crash.settling import Person, Places, settle_writers

CLIENTS = 6
WRITES_BEFORE_A_KILL = (60, 160)
KILLS_TO_NOTICE = 8
HEALED_WITHIN_SECONDS = 10


def test_nothing_acknowledged_is_lost_when_server_and_worker_are_killed(install):
    keeps_its_word(*install(), cycles=3)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_twenty_kills(install, database):
    keeps_its_word(*install(database=database), cycles=20)


def test_a_vote_without_its_unique_key_is_noticed(install):
    installation, app = install(fault="votes_inserted_plainly")
    people, places = settle_writers(app, members=6)
    with app.app_context(), write_transaction():
        session.execute(text("DROP INDEX uq_vote_idea_id_member_id"))
    books = write_and_kill(installation, people, places, ["server"])
    with app.app_context():
        assert list(repeated_votes(books))


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


def keeps_its_word(installation: Installation, app: Flask, *, cycles: int) -> None:
    people, places = settle_writers(app)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(cycles)]
    books = write_and_kill(installation, people, places, victims)
    installation.start()
    send_again(installation, places, books)
    with app.app_context():
        assert is_idle_within(HEALED_WITHIN_SECONDS)
        assert complaints(books) == []
    assert installation.stop() == 0
    print(f"{cycles} kills, {acknowledged(books)} acknowledged writes, all there")


def write_and_kill(
    installation: Installation, people: list[Person], places: Places, victims: Sequence[str]
) -> list[Book]:
    """Write while each of the victims in turn is killed at some moment, and is started again."""
    books = [Book() for _client in range(CLIENTS)]
    moments = random.Random(len(victims))
    for cycle, victim in enumerate(victims):
        installation.start()
        clients = [
            Client(installation.port, people[number::CLIENTS], places, book, f"{cycle} {number}")
            for number, book in enumerate(books)
        ]
        with writing(clients):
            wait_for_more(moments.randint(*WRITES_BEFORE_A_KILL), books)
            installation.kill(victim)
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
    """Whether the worker has caught up by then, nobody helping."""
    waiting = select(exists().where(EventRow.dispatched_at.is_(None)))
    until = time.monotonic() + seconds
    while session.scalar(waiting):
        session.rollback()
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    session.rollback()
    return True
