"""Events reach every subscriber; jobs run once, or wait, or are laid aside."""

import errno
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from community import clock, events, jobs
from community.database import session, write_transaction
from community.events import Event, EventRow, emit, emit_all, occurring
from community.jobs import BACK_OFF, Job, job, periodic
from community.worker import dispatch_events, run_jobs


@dataclass(frozen=True, kw_only=True)
class BellRung(Event):
    """For these tests."""

    times: int = 1
    said: str = ""


@pytest.fixture
def heard(monkeypatch):
    """Subscribes two listeners, the second of which can be made to fail."""
    told = {"first": [], "second": [], "failing": False}

    def first(happened):
        told["first"].append(happened.id)

    def second(happened):
        if told["failing"]:
            raise RuntimeError("not now")
        told["second"].append(happened.id)

    first.__qualname__, second.__qualname__ = "first", "second"
    monkeypatch.setattr(events, "_subscribers", {BellRung: [first, second]})
    return told


def ring(**fields) -> None:
    with write_transaction():
        emit(BellRung(**fields))


def test_what_was_rolled_back_never_happened(app, database, heard):
    with pytest.raises(LookupError), write_transaction():
        emit(BellRung())
        raise LookupError
    run_jobs()
    assert heard["first"] == []


def test_what_was_said_is_heard_as_it_was_said_whoever_else_is_told_of(app, database, heard):
    said = ['{"one", two}', 'a\\ back \\" and a\nline', "NULL", "", "سؤال, 🜚 'quoted'", "x" * 300]
    moments = [datetime(2026, 3, 1, 12, 0, 0, second, tzinfo=UTC) for second in range(len(said))]
    with write_transaction():
        emit_all([BellRung(said=words) for words in said], at=moments)
    rows = session.scalars(select(EventRow).order_by(EventRow.id)).all()
    kept = [(row.payload["said"], row.occurred_at, row.actor_id, row.name) for row in rows]
    told = zip(said, moments, strict=True)
    assert kept == [(words, at, None, "BellRung") for words, at in told]


def test_what_is_too_long_for_its_column_is_refused_and_not_cut_off(app, database, heard):
    with pytest.raises(DatabaseError), occurring(source="import" * 10), write_transaction():
        emit(BellRung())


def test_each_subscriber_hears_an_event_once(app, database, heard):
    ring()
    run_jobs()
    run_jobs()
    assert len(heard["first"]) == len(heard["second"]) == 1


def test_a_failing_subscriber_does_not_keep_the_other_from_hearing(app, database, heard):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.at(start):
        heard["failing"] = True
        ring()
        run_jobs()
        assert len(heard["first"]) == 1
        assert heard["second"] == []
        heard["failing"] = False
        clock.advance(seconds=6)
        run_jobs()
    assert len(heard["first"]) == len(heard["second"]) == 1


def test_an_event_claimed_by_a_worker_that_died_is_handed_out_again(app, database, heard):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.at(start):
        ring()
        with write_transaction():
            session.execute(
                EventRow.__table__.update().values(claimed_until=start + timedelta(minutes=5))
            )
        assert not dispatch_events()
        clock.advance(minutes=6)
        assert dispatch_events()
    assert len(heard["first"]) == 1


def test_an_event_keeps_the_segment_of_its_moment(app, database, cast):
    with write_transaction():
        emit(BellRung(actor_id=cast.ada.id))
        cast.ada.segment = "employee"
    row = session.scalars(select(EventRow).where(EventRow.name == "BellRung")).one()
    assert (row.segment, row.organization_id) == ("customer", cast.ada.organization_id)


def test_an_event_says_where_it_came_from(app, database):
    with occurring(source="api"):
        ring()
    assert session.scalars(select(EventRow.source)).one() == "api"


calls: list[int] = []


@job("test.call")
def call(number: int) -> None:
    calls.append(number)


@job("test.fail")
def fail() -> None:
    raise RuntimeError("never works")


def test_a_job_with_a_key_is_queued_once(app, database):
    calls.clear()
    with write_transaction():
        assert call.later(1, key="same")
        assert not call.later(1, key="same")
    run_jobs()
    assert calls == [1]


def test_a_job_for_later_waits(app, database):
    calls.clear()
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        with write_transaction():
            call.later(2, run_at=clock.now() + timedelta(minutes=10))
        run_jobs()
        assert calls == []
        clock.advance(minutes=11)
        run_jobs()
    assert calls == [2]


def test_a_job_whose_worker_died_is_taken_up_when_its_lease_ends(app, database):
    calls.clear()
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        with write_transaction():
            call.later(3)
        assert jobs._claim() is not None
        run_jobs()
        assert calls == []
        clock.advance(minutes=6)
        run_jobs()
    assert calls == [3]


def test_a_job_that_never_works_is_laid_aside_with_its_error(app, database):
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        with write_transaction():
            fail.later()
        for seconds in (0, *BACK_OFF, 1):
            clock.advance(seconds=seconds + 1)
            run_jobs()
    dead = session.scalars(select(Job)).one()
    assert dead.dead_at is not None
    assert "never works" in dead.error
    assert dead.tries == len(BACK_OFF) + 1


def test_a_job_that_finds_the_disk_full_is_never_laid_aside(app, database, monkeypatch):
    def find_no_room() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(jobs._kinds, fail.name, find_no_room)
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        with write_transaction():
            fail.later()
        for _turn in range(2 * len(BACK_OFF)):
            run_jobs()
            clock.advance(seconds=BACK_OFF[0] + 1)
    waiting = session.scalars(select(Job)).one()
    assert (waiting.dead_at, waiting.error, waiting.tries) == (None, None, 0)


def test_periodic_work_is_done_once_in_its_time(app, database, monkeypatch):
    monkeypatch.setattr(jobs, "_periodic", {})
    done: list[int] = []
    periodic("test", hours=1)(lambda: done.append(1))
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        jobs.run_due_periodic()
        jobs.run_due_periodic()
        assert len(done) == 1
        clock.advance(minutes=61)
        jobs.run_due_periodic()
    assert len(done) == 2


def test_more_events_than_one_batch_are_handed_out_whole(sqlite_app, heard):
    with write_transaction():
        events.emit_all([BellRung(times=number) for number in range(1200)])
    run_jobs()
    assert len(set(heard["first"])) == 1200
    open_rows = select(func.count()).select_from(EventRow).where(EventRow.dispatched_at.is_(None))
    assert session.scalar(open_rows) == 0
