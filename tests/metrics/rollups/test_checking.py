"""Rollups that are not what their facts make: found, named and made anew."""

import logging

import pytest
from sqlalchemy import delete, func, select, update

from community.counters import place_of
from community.database import session, write_transaction
from community.doctor import doctor
from metrics.rollups.building import days_with_facts, refresh
from metrics.rollups.checking import wrong_on
from metrics.rollups.jobs import check_next_days
from metrics.rollups.models import Deed, MemberDay, ReplyMade, ThreadOpened
from tests.metrics.happenings import record_all
from tests.metrics.rollups.test_rebuild import contents, eventful

EVER = (0, 99_999_999)
SPOILED = {
    "a day's row is gone": delete(MemberDay).where(MemberDay.acts > 1),
    "a number is wrong": update(MemberDay).values(acts=MemberDay.acts + 1),
    "a reply is gone": delete(ReplyMade),
    "a topic was answered at another time": update(ThreadOpened).values(answered_at=1),
    "a deed is somebody else's": update(Deed).values(event_id=0),
}


@pytest.fixture
def built(house) -> bytes:
    """On both databases where a test asks for `database`."""
    record_all(eventful().events)
    refresh()
    return contents()


def test_rollups_as_they_were_made_are_right(built):
    assert [wrong_on(day) for day in days_with_facts(*EVER) if wrong_on(day)] == []


def check_all_days() -> None:
    """A round takes as many turns as the machine needs."""
    check_next_days()
    while place_of("rollups"):
        check_next_days()


def test_what_was_spoiled_is_found_and_made_anew(database, built, caplog):
    with write_transaction():
        for spoil in SPOILED.values():
            session.execute(spoil)
    with caplog.at_level(logging.WARNING):
        check_all_days()
    assert "are not what the facts make" in caplog.text
    refresh()
    assert contents() == built


@pytest.mark.parametrize("spoil", SPOILED)
def test_each_kind_of_spoiled_row_is_noticed(built, spoil):
    with write_transaction():
        session.execute(SPOILED[spoil])
    assert any(wrong_on(day) for day in days_with_facts(*EVER))


def test_a_day_without_facts_keeps_no_rollups(built):
    with write_transaction():
        first = session.scalars(select(func.min(MemberDay.first_event_id))).one()
        stray = update(MemberDay).where(MemberDay.first_event_id == first)
        session.execute(stray.values(day=20200101))
    check_all_days()
    refresh()
    assert contents() == built


def test_the_doctor_names_the_day_and_makes_it_anew_when_told(sqlite_app):
    record_all(eventful().events)
    refresh()
    with write_transaction():
        session.execute(delete(ReplyMade))
    runner = sqlite_app.test_cli_runner()
    assert "rows of metric_reply on" in runner.invoke(doctor).output
    said = runner.invoke(doctor, ["--mend"]).output
    assert "well   the rollups are what the facts make" in said
