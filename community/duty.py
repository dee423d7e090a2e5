"""Which workers are at work: what a killed one had begun is taken up at once by the others.

Without it, what a worker had claimed when it was killed would wait until its lease has run out. On
SQLite all workers are on one machine and end together, so that only one that starts alone takes up
what was left. On PostgreSQL each has a number, and a lock that the server holds for it as long as
it lives, on whatever machine: all look whether the others are still there.
"""

import fcntl
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import BigInteger, Connection, column, func, select, text, update

from community.config import settings
from community.database import db, session, write_transaction
from community.events import EventRow
from community.jobs import Job, claimant

LOCK = 7_106_417
CHECKED_EVERY_SECONDS = 1.0

AT_WORK = text(
    f"SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = {LOCK} "
    "AND objsubid = 2 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).columns(column("objid", BigInteger))

Check = Callable[[], None]


@contextmanager
def on_duty() -> Iterator[Check]:
    """Be counted as a worker; the only one frees all claims before it begins.

    What this gives raises, when called, if one is counted no more: come on duty anew.
    """
    with _by_file() if settings().uses_sqlite else _by_database() as check:
        yield check


def is_anybody_on_duty() -> bool:
    """Whether a worker is at work for this place, and so, as good as always, a server."""
    if not settings().uses_sqlite:
        with db.engine.connect() as connection:
            return connection.execute(AT_WORK).first() is not None
    with _lock().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _lock() -> Path:
    return settings().data_dir / "worker.lock"


@contextmanager
def _by_file() -> Iterator[Check]:
    with _lock().open("w") as file:
        with suppress(BlockingIOError):  # another one is at work
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free_claims()
        fcntl.flock(file, fcntl.LOCK_SH)
        yield lambda: None


@contextmanager
def _by_database() -> Iterator[Check]:
    """PostgreSQL forgets the lock with the connection; other machines' workers count as well."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # back in the pool it would go on holding the locks
        alone = connection.scalar(select(func.pg_try_advisory_lock(LOCK)))
        if alone:
            free_claims()
        connection.execute(select(func.pg_advisory_lock_shared(LOCK)))
        if alone:
            connection.execute(select(func.pg_advisory_unlock(LOCK)))
        number = secrets.randbits(31)
        connection.execute(select(func.pg_advisory_lock(LOCK, number)))
        taken = claimant.set(number)
        try:
            yield _now_and_then(connection)
        finally:
            claimant.reset(taken)


def _now_and_then(connection: Connection) -> Check:
    """Ask over the connection that holds the lock: a server that was restarted knows it no more."""
    asked = time.monotonic()

    def check() -> None:
        nonlocal asked
        if time.monotonic() - asked > CHECKED_EVERY_SECONDS:
            asked = time.monotonic()
            connection.scalar(select(1))
            free_claims_of_the_gone()

    return check


def free_claims() -> None:
    """Let every event and job that is claimed be claimed again."""
    open_claims = EventRow.dispatched_at.is_(None), EventRow.claimed_until.is_not(None)
    with write_transaction():
        session.execute(update(EventRow).where(*open_claims).values(claimed_until=None))
        session.execute(update(Job).where(Job.lease_until.is_not(None)).values(lease_until=None))


def free_claims_of_the_gone() -> None:
    """Let what a worker had claimed that is no longer there be claimed again; on PostgreSQL."""
    for model, until in ((EventRow, EventRow.claimed_until), (Job, Job.lease_until)):
        theirs = [until.is_not(None), model.claimed_by.not_in(AT_WORK)]
        if model is EventRow:
            theirs.append(EventRow.dispatched_at.is_(None))
        if session.scalar(select(model.id).where(*theirs).limit(1)):
            with write_transaction():
                session.execute(update(model).where(*theirs).values({until: None}))
    session.rollback()
