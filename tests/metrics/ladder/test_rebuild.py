"""However often, late or disordered the facts come, the ladder is the same, byte for byte."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from community import clock
from community.database import session, write_transaction
from community.forum.events import AnswerUnaccepted, TopicDeleted, TopicRestored
from community.members.events import MemberErased, MemberReactivated, MemberSuspended
from metrics.facts.models import DirtyDay, Fact
from metrics.ladder.changes import CHANGES, record_change
from metrics.ladder.models import (
    Evidence,
    LadderCount,
    LadderMark,
    LadderPeriod,
    MembershipChange,
    Standing,
)
from metrics.rollups.building import days_with_facts, rebuild, refresh
from metrics.rollups.models import Deed, MemberDay, ReplyMade, ThreadOpened
from tests.metrics.happenings import hours, record_all
from tests.metrics.ladder.climbing import BEFORE, EARLIER, NOW, Climb, fixture_f2, on
from tests.metrics.rows import contents_of, empty

ROLLUPS = (Evidence, Standing, LadderCount, LadderPeriod)
DAYS = (MemberDay, ReplyMade, Deed, ThreadOpened)


def contents() -> bytes:
    return contents_of(ROLLUPS)


def forget() -> None:
    empty((*ROLLUPS, *DAYS, Fact, DirtyDay, LadderMark, MembershipChange))


def record_everything(events) -> None:
    of_members = [one for one in events if type(one.event) in CHANGES]
    record_all([one for one in events if one not in of_members])
    with write_transaction():
        for one in of_members:
            record_change(one)


@pytest.fixture
def eventful(noon, database):
    """F2 with a topic gone and back, an acceptance taken back, and members who leave and return."""
    climb = fixture_f2()
    thread = climb.shares("C10", EARLIER)
    climb.happens(
        "E1", on(EARLIER, 2), TopicDeleted(topic_id=thread, thread_id=thread, author_id=0)
    )
    climb.happens(
        "E1", on(EARLIER, 3), TopicRestored(topic_id=thread, thread_id=thread, author_id=0)
    )
    asked = climb.shares("C11", BEFORE)
    answer = climb.answers(asked, "C10", on(BEFORE, 4))
    climb.accepts("C11", answer, asked, "C10", on(BEFORE, 5))
    undone = AnswerUnaccepted(
        topic_id=asked, thread_id=asked, post_id=answer, to_member_id=climb.member("C10")
    )
    climb.happens("C11", on(BEFORE, 6), undone)
    for kind, day in ((MemberSuspended, 8), (MemberReactivated, 8), (MemberSuspended, 20)):
        at = on(NOW, day) + hours(kind is MemberReactivated)
        climb.happens("E1", at, kind(member_id=climb.member("C3")))
    climb.happens("C6", on(NOW, 22), MemberErased(member_id=climb.member("C6")))
    return climb.events


@pytest.fixture
def told(eventful):
    record_everything(eventful)
    refresh()
    return contents()


def test_building_twice_changes_nothing(told):
    assert len(told.splitlines()) > 60
    rebuild(days_with_facts(0, 99991231))
    assert contents() == told


def test_the_same_events_again_change_nothing(eventful, told):
    record_everything(eventful + eventful[::-1])
    refresh()
    assert contents() == told


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_events_does_not_matter(eventful, told, seed):
    forget()
    record_everything(Random(seed).sample(eventful, len(eventful)))
    refresh()
    assert contents() == told


def test_late_events_come_to_the_same(eventful, told):
    forget()
    mixed = Random(7).sample(eventful, len(eventful))
    for start in range(0, len(mixed), 5):
        record_everything(mixed[start : start + 5])
        refresh()
    assert contents() == told


def test_a_period_is_built_as_soon_as_it_is_over(eventful):
    record_everything(eventful)
    with clock.at(on(NOW, 27, 23) + timedelta(minutes=30)):
        refresh()
        assert max(session.scalars(select(LadderPeriod.first))) == 20260209
    with clock.at(on(NOW, 28, 0)):
        assert refresh() == 0
        assert max(session.scalars(select(LadderPeriod.first))) == 20260216


def test_what_happens_in_the_running_week_marks_nothing(told, noon):
    climb = Climb()
    climb.reads("C1", noon)
    rebuild([20260320])
    assert session.scalar(select(LadderMark.id)) is None
    assert refresh() == 0
