"""A ladder that is not what its days make: found, named and made anew."""

import logging

import pytest
from sqlalchemy import delete, insert, update

from community.counters import place_of
from community.database import session, write_transaction
from community.doctor import doctor
from metrics.facts.recording import mark_dirty
from metrics.ladder.checking import due_periods, stray_periods, wrong_in
from metrics.ladder.jobs import check_next_periods, ladder_is_right
from metrics.ladder.memberships import Memberships
from metrics.ladder.models import Evidence, LadderCount, LadderPeriod, Standing
from metrics.rollups.building import refresh
from tests.metrics.ladder.climbing import fixture_f2
from tests.metrics.ladder.test_rebuild import contents, record_everything

SPOILED = {
    "evidence is gone": delete(Evidence).where(Evidence.rung > 1),
    "evidence is stronger": update(Evidence).values(rung=4),
    "somebody stands elsewhere": update(Standing).values(after=5),
    "more are counted": update(LadderCount).values(members=LadderCount.members + 1),
    "a period was never built": delete(LadderPeriod).where(LadderPeriod.first == 20260119),
}
STRAY = {"first": 20260101, "member_id": 1, "segment": 1, "before": 0, "after": 4}


@pytest.fixture
def built(noon, house) -> bytes:
    """On both databases where a test asks for `database`."""
    record_everything(fixture_f2().events)
    refresh()
    return contents()


def spoil(*statements) -> None:
    with write_transaction():
        for statement in statements:
            session.execute(statement)


def wrong() -> list[int]:
    people = Memberships.read()
    return [first for first in due_periods() if wrong_in(first, people)] + stray_periods()


def check_all_periods() -> None:
    """A round takes as many turns as the machine needs."""
    check_next_periods()
    while place_of("ladder"):
        refresh()
        check_next_periods()


@pytest.mark.parametrize("how", SPOILED)
def test_each_kind_of_spoiled_row_is_noticed(built, how):
    assert wrong() == []
    spoil(SPOILED[how])
    assert wrong()


def test_what_was_spoiled_is_found_and_made_anew(database, built, caplog):
    spoil(*SPOILED.values(), insert(Standing).values(STRAY))
    with caplog.at_level(logging.WARNING):
        check_all_periods()
    assert "is not what its days make" in caplog.text
    refresh()
    assert contents() == built


def test_of_what_is_going_to_be_made_anew_nothing_is_said(built):
    spoil(SPOILED["more are counted"])
    with write_transaction():
        mark_dirty(20260216)
    assert list(ladder_is_right()) == []


def test_the_doctor_names_the_period_and_makes_it_anew_when_told(noon, sqlite_app):
    record_everything(fixture_f2().events)
    refresh()
    spoil(SPOILED["somebody stands elsewhere"], insert(Standing).values(STRAY))
    runner = sqlite_app.test_cli_runner()
    said = runner.invoke(doctor).output
    assert "rows of metric_ladder_standing in the period from 20260216 are wrong" in said
    assert "there are rows of a period from 20260101, which is none" in said
    said = runner.invoke(doctor, ["--mend"]).output
    assert "well   the ladder is what its days make" in said
