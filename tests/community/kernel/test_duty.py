"""What a killed worker had begun: free for the next one, unless another is still at work."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from community import clock
from community.database import session, write_transaction
from community.duty import free_claims_of_the_gone, on_duty
from community.events import EventRow
from community.jobs import Job, claimant
from community.worker import CLAIM


def test_a_worker_that_starts_alone_takes_up_what_was_left(app):
    leave_a_job()
    with on_duty():
        assert not is_claimed()


def test_a_second_worker_leaves_alone_what_the_first_is_at(app):
    with on_duty():
        leave_a_job()
        with on_duty():
            assert is_claimed()


@pytest.mark.parametrize("database", ["postgresql"])
def test_what_a_worker_on_another_machine_left_is_taken_up_while_this_one_works(app):
    with on_duty():
        mine = claimant.get()
        with on_duty():
            leave_a_job()
            leave_an_event()
            free_claims_of_the_gone()
            assert is_claimed() and claimant.get() != mine
        until = time.monotonic() + 30
        while is_claimed() or session.scalar(select(EventRow.claimed_until)):
            assert time.monotonic() < until  # the server may take a moment to see it go
            free_claims_of_the_gone()


def leave_an_event() -> None:
    now = clock.now()
    with write_transaction():
        session.add(
            EventRow(
                name="PostWritten",
                occurred_at=now,
                recorded_at=now,
                source="web",
                payload={},
                claimed_until=now + CLAIM,
                claimed_by=claimant.get(),
            )
        )


def leave_a_job() -> None:
    """As one does that is killed at it."""
    now = clock.now()
    later, number = now + timedelta(minutes=5), claimant.get()
    job = Job(kind="mail.send", arguments=[1], run_at=now, lease_until=later, tries=1)
    job.claimed_by = number
    with write_transaction():
        session.add(job)


def is_claimed() -> bool:
    return session.scalars(select(Job.lease_until)).one() is not None
