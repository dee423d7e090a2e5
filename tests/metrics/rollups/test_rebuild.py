"""However often, late or disordered the facts come, the rollups are the same, byte for byte."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from community.database import session
from metrics.facts.models import DirtyDay, Fact
from metrics.rollups.building import days_with_facts, rebuild, refresh
from metrics.rollups.models import Deed, MemberDay, ReplyMade, ThreadOpened
from tests.metrics.happenings import History, fixture_f1, hours, record_all
from tests.metrics.rows import contents_of, empty

ROLLUPS = (MemberDay, ReplyMade, Deed, ThreadOpened)
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def contents() -> bytes:
    return contents_of(ROLLUPS)


def forget() -> None:
    empty((*ROLLUPS, Fact, DirtyDay))


def eventful() -> History:
    """F1 with readings, a deletion, a deletion undone and a deletion too late to matter."""
    history = fixture_f1(NOW)
    thread = history.opens("C9", NOW - hours(400))
    gone = history.replies(thread, "C8", NOW - hours(399))
    back = history.replies(thread, "E8", NOW - hours(398))
    late = history.replies(thread, "E9", NOW - hours(397))
    history.deletes(gone, thread, "E9", NOW - hours(390))
    history.deletes(back, thread, "E9", NOW - hours(390))
    history.restores(back, thread, "E9", NOW - hours(389))
    history.deletes(late, thread, "E9", NOW - hours(397) + timedelta(days=8))
    for number in range(40):
        history.reads(f"C{number % 7}", NOW - hours(number * 9), thread=thread)
    return history


@pytest.fixture
def told(app):
    history = eventful()
    record_all(history.events)
    refresh()
    return history, contents()


def test_rebuilding_twice_changes_nothing(told):
    _, before = told
    assert len(before.splitlines()) > 60
    rebuild(days_with_facts(0, 99991231))
    assert contents() == before


def test_the_same_events_again_change_nothing(told):
    history, before = told
    record_all(history.events + history.events[::-1])
    refresh()
    assert contents() == before


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_events_does_not_matter(told, seed):
    history, before = told
    forget()
    record_all(Random(seed).sample(history.events, len(history.events)))
    refresh()
    assert contents() == before


def test_late_events_come_to_the_same(told):
    history, before = told
    forget()
    mixed = Random(7).sample(history.events, len(history.events))
    for start in range(0, len(mixed), 5):
        record_all(mixed[start : start + 5])
        refresh()
    assert contents() == before


def test_a_clean_day_is_left_alone(told):
    assert refresh() == 0


def test_an_event_during_the_rebuild_leaves_its_day_dirty(told):
    history, _ = told
    history.reads("C77", NOW - hours(2))
    record_all(history.events[-1:])
    assert session.scalar(select(DirtyDay.day)) == 20260320
    session.rollback()
    assert refresh() == 1
    assert session.scalar(select(DirtyDay.day)) is None
