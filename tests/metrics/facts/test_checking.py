"""Events that never became facts: found, recorded and named."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from community import clock
from community.counters import place_of
from community.database import session, write_transaction
from community.doctor import doctor
from community.worker import run_jobs
from ideas.voting.actions import vote_for
from metrics.facts import checking
from metrics.facts.jobs import check_next_stretch
from metrics.facts.models import DirtyDay, Fact, Verb
from tests.ideas.proposals import propose


@pytest.fixture
def voted(cast):
    """Two votes, handed out and recorded an hour ago."""
    with clock.at(clock.now() - timedelta(hours=1)):
        idea = propose(cast, "Dark mode")
        for name in ("ben", "cleo"):
            vote_for(idea, by=cast.viewer(name))
        run_jobs()


def lose_votes() -> None:
    with write_transaction():
        session.execute(delete(Fact).where(Fact.verb == Verb.VOTE))
        session.execute(delete(DirtyDay))


def votes() -> int:
    return session.scalars(select(func.count()).where(Fact.verb == Verb.VOTE)).one()


def test_lost_facts_are_recorded_again_and_their_day_made_anew(app, voted, caplog):
    lose_votes()
    with caplog.at_level(logging.WARNING):
        check_next_stretch()
    assert votes() == 2
    assert "2 events were no facts" in caplog.text
    assert session.scalar(select(func.count()).select_from(DirtyDay))


def test_where_nothing_is_missing_nothing_is_said(sqlite_app, voted, caplog):
    check_next_stretch()
    assert caplog.text == "" and votes() == 2


def test_what_was_handed_out_a_moment_ago_may_still_be_on_its_way(sqlite_app, cast):
    vote_for(propose(cast, "Dark mode"), by=cast.viewer("ben"))
    run_jobs()
    lose_votes()
    check_next_stretch()
    assert votes() == 0


def test_stretch_by_stretch_a_round_comes_to_its_end_and_begins_again(
    sqlite_app, voted, monkeypatch
):
    monkeypatch.setattr(checking, "STRETCH", 1)
    lose_votes()
    check_next_stretch()
    assert place_of("facts") == 1
    for _stretch in range(20):
        check_next_stretch()
    assert votes() == 2


def test_the_doctor_names_the_events_and_records_them_when_told(sqlite_app, voted):
    lose_votes()
    runner = sqlite_app.test_cli_runner()
    assert "(IdeaVoted) is no fact" in runner.invoke(doctor).output
    assert "well   every event that counts is a fact" in runner.invoke(doctor, ["--mend"]).output
    assert votes() == 2
