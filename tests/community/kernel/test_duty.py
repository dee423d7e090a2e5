"""What a killed worker had begun: free for the next one, unless another is still at work."""

from datetime import timedelta

from sqlalchemy import select

from community import clock
from community.database import session, write_transaction
from community.duty import on_duty
from community.jobs import Job


def test_a_worker_that_starts_alone_takes_up_what_was_left(app):
    leave_a_job()
    with on_duty():
        assert not is_claimed()


def test_a_second_worker_leaves_alone_what_the_first_is_at(app):
    with on_duty():
        leave_a_job()
        with on_duty():
            assert is_claimed()


def leave_a_job() -> None:
    later = clock.now() + timedelta(minutes=5)
    with write_transaction():
        session.add(
            Job(kind="mail.send", arguments=[1], run_at=clock.now(), lease_until=later, tries=1)
        )


def is_claimed() -> bool:
    return session.scalars(select(Job.lease_until)).one() is not None
