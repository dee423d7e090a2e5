"""The machine's clock was an hour ahead and is set right: nothing waits for that hour again."""

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from community import clock, jobs
from community.credentials.attempts import RESET_BY_ACCOUNT, spend
from community.database import session, write_transaction
from community.errors import TooMany
from community.events import EventRow
from community.jobs import LEASE, Job, follow_the_clock, job, periodic, run_due_job
from community.limits import limiter
from community.worker import dispatch_events, run_jobs
from tests.ideas.proposals import propose

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AHEAD = NOW + timedelta(hours=1)


@pytest.fixture
def rung():
    """A job that leaves a trace, gone after the test."""
    times: list[int] = []
    ring = job("tests.ring")(lambda: times.append(1))
    yield ring, times
    del jobs._kinds["tests.ring"]


def test_a_job_that_was_queued_ahead_of_time_runs_when_it_was_meant_to(app, rung):
    ring, times = rung
    with clock.at(AHEAD), write_transaction():
        ring.later(key="now")
        ring.later(run_at=AHEAD + timedelta(minutes=10), key="in ten minutes")
    with clock.at(NOW):
        run_jobs()
        assert times == []
        follow_the_clock()
        run_jobs()
        assert times == [1]
        clock.advance(minutes=10, seconds=1)
        run_jobs()
        assert times == [1, 1]


def test_a_job_that_failed_ahead_of_time_is_tried_again_as_soon_as_meant(app):
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        raise LookupError

    failing = job("tests.fail")(fail)
    with clock.at(AHEAD):
        with write_transaction():
            failing.later()
        run_due_job()
    with clock.at(NOW):
        follow_the_clock()
        clock.advance(seconds=6)
        run_due_job()
    assert tries == [1, 1]


def test_what_a_worker_claimed_ahead_of_time_is_not_claimed_for_an_hour_longer(app, cast, rung):
    ring, times = rung
    propose(cast, "An idea")
    with write_transaction():
        ring.later()
        session.execute(update(Job).values(lease_until=AHEAD + LEASE))
        session.execute(update(EventRow).values(claimed_until=AHEAD + LEASE))
        session.execute(update(Job).values(run_at=NOW))
    with clock.at(NOW):
        assert dispatch_events() and run_due_job()
    assert times == [1]


def test_what_is_done_now_and_then_is_done_now_and_then(app, monkeypatch):
    monkeypatch.setattr(jobs, "_periodic", {})
    done: list[datetime] = []
    periodic("tests.often", seconds=5)(lambda: done.append(clock.now()))
    with clock.at(AHEAD):
        jobs.run_due_periodic()
    with clock.at(NOW):
        jobs.run_due_periodic()
        jobs.run_due_periodic()
    assert done == [AHEAD, NOW]


def test_nobody_is_kept_out_for_what_they_tried_in_the_hour_that_was_none(app):
    with clock.at(AHEAD):
        for _try in range(RESET_BY_ACCOUNT.most):
            spend((RESET_BY_ACCOUNT, "ada@example.org"))
        with pytest.raises(TooMany):
            spend((RESET_BY_ACCOUNT, "ada@example.org"))
    with clock.at(NOW):
        spend((RESET_BY_ACCOUNT, "ada@example.org"))


@pytest.fixture
def nothing_logged():
    """What pytest catches of the log has to reach another process, as text."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("nothing_logged")
def test_an_error_that_quotes_anything_can_be_written_down(app):
    def fail() -> None:
        raise LookupError("a\0b \ud800")

    failing = job("tests.quote")(fail)
    with write_transaction():
        failing.later()
    assert run_due_job()
    assert "LookupError" in (session.scalars(select(Job.error)).one() or "")


def test_who_was_too_fast_ahead_of_time_waits_a_second_and_no_hour(
    sqlite_app, client, cast, monkeypatch
):
    now, ahead = time.time, 3600.0
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: now() + ahead)
    monkeypatch.setitem(sqlite_app.config, "LIMITED", True)
    limiter.reset()
    while client.get("/search?q=words").status_code != 429:
        pass
    ahead = 0.0
    refused = client.get("/search?q=words")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert client.get("/search?q=words").status_code != 429
    limiter.reset()
