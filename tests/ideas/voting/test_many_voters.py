"""Simultaneous voters: exact rows and counters, and a harness that notices when they are not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Index, func, insert, select

from community.database import db, session, write_transaction
from community.events import EventRow
from community.members.models import Member, Segment
from ideas.board.models import Idea
from ideas.voting.models import Vote
from tests.ideas.proposals import propose
from tests.ideas.voting.voters import let_loose

VOTERS, ATTEMPTS = 200, 3


def test_every_voter_counts_once_however_often_they_try(app, cast):
    assert_exact(cast, VOTERS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_thousand_voters_count_once_each_though_each_tries_fifty_times(app, cast):
    began = time.monotonic()
    assert_exact(cast, 1000, attempts=50)
    print(f"1000 voters x 50: lost 0, drift 0, {time.monotonic() - began:.0f} s")


@pytest.mark.fault("votes without their unique key", caught_by="simultaneous voters counted")
def test_the_count_fails_without_the_unique_key(app, cast):
    idea, members = propose(cast), crowd(40)
    with without_unique_key():
        let_loose(idea, "vote", members, attempts=ATTEMPTS)
        assert rows_of(idea) > len(members)


@pytest.mark.fault("counter from a loaded object", caught_by="simultaneous voters counted")
def test_the_count_fails_when_it_is_made_from_a_loaded_object(app, cast):
    idea, members = propose(cast), crowd(80)
    let_loose(idea, "vote", members, attempts=1, fault="loaded object")
    assert rows_of(idea) == len(members)
    assert counter_of(idea) < len(members)


def assert_exact(cast, voters: int, *, attempts: int = ATTEMPTS) -> None:
    idea, members = propose(cast), crowd(voters)
    let_loose(idea, "vote", members, attempts=attempts)
    assert (rows_of(idea), counter_of(idea), told("IdeaVoted")) == (voters, voters, voters)
    leaving = members[::4]
    let_loose(idea, "withdraw", leaving, attempts=2)
    rest = voters - len(leaving)
    assert (rows_of(idea), counter_of(idea)) == (rest, rest)
    assert told("VoteWithdrawn") == len(leaving)
    assert idea.trend == pytest.approx(session.scalar(select(func.sum(Vote.weight))))


def crowd(size: int) -> list[int]:
    with write_transaction():
        before = session.scalar(select(func.max(Member.id))) or 0
        names = [
            {"public_id": f"v{number:07}", "segment": Segment.CUSTOMER} for number in range(size)
        ]
        session.execute(insert(Member), names)
    return list(session.scalars(select(Member.id).where(Member.id > before)))


def rows_of(idea: Idea) -> int:
    return session.scalars(select(func.count()).where(Vote.idea_id == idea.id)).one()


def counter_of(idea: Idea) -> int:
    return session.scalars(select(Idea.vote_count).where(Idea.id == idea.id)).one()


def told(name: str) -> int:
    return session.scalars(select(func.count()).where(EventRow.name == name)).one()


@contextmanager
def without_unique_key() -> Iterator[None]:
    """Drop the key that keeps a member to one vote, and put it back whatever happens."""
    key = next(index for index in Vote.__table__.indexes if index.unique)  # type: ignore[attr-defined]
    assert isinstance(key, Index)
    session.rollback()
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        key.drop(connection)
    try:
        yield
    finally:
        empty_the_votes()
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            key.create(connection)


def empty_the_votes() -> None:
    session.rollback()
    with write_transaction():
        session.execute(Vote.__table__.delete())  # type: ignore[attr-defined]
