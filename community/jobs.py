"""Jobs: rows with a lease, retried with back-off, then laid aside as dead."""

import logging
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, ParamSpec

from sqlalchemy import JSON, ColumnElement, Index, String, delete, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from community import clock
from community.database import Base, session, write_transaction
from community.outages import is_outage
from community.sending import insert_once

log = logging.getLogger(__name__)
P = ParamSpec("P")

LEASE = timedelta(minutes=5)
BACK_OFF = (5, 30, 120, 600, 3600, 4 * 3600, 24 * 3600)
# By how much the clocks of several machines may differ; what lies further ahead than it can was
# written before the clock was set back.
SKEW = timedelta(minutes=1)

# The number of the worker at work in this process: what it has claimed goes with it.
claimant: ContextVar[int | None] = ContextVar("claimant", default=None)


class Job(Base):
    """One call to make. `key` is unique: the same call is not queued twice.

    `queued_at` is when `run_at` was set.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due",
            "run_at",
            sqlite_where=text("dead_at IS NULL"),
            postgresql_where=text("dead_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[list[Any]] = mapped_column(JSON)
    run_at: Mapped[datetime]
    queued_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[int | None]
    tries: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    error: Mapped[str | None] = mapped_column(String(4000))
    dead_at: Mapped[datetime | None]


class PeriodicRun(Base):
    """When a periodic job is due next."""

    __tablename__ = "periodic_run"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime]


@dataclass(frozen=True)
class JobKind(Generic[P]):
    """A function of ids that can be called now or later."""

    name: str
    function: Callable[P, None]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)

    def later(
        self, *arguments: Any, run_at: datetime | None = None, key: str | None = None
    ) -> bool:
        """Queue the call in the current transaction; `False` if `key` is queued already."""
        return insert_once(
            Job,
            kind=self.name,
            arguments=list(arguments),
            run_at=run_at or clock.now(),
            tries=0,
            key=key,
        )


@dataclass(frozen=True)
class Periodic:
    name: str
    every: timedelta
    function: Callable[[], None]


_kinds: dict[str, JobKind[...]] = {}
_periodic: dict[str, Periodic] = {}


def job(name: str) -> Callable[[Callable[P, None]], JobKind[P]]:
    def register(function: Callable[P, None]) -> JobKind[P]:
        kind = JobKind(name, function)
        _kinds[name] = kind
        return kind

    return register


def periodic(name: str, **every: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Call the function every so often, in one worker: `@periodic("digests", days=1)`."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _periodic[name] = Periodic(name, timedelta(**every), function)
        return function

    return register


def run_due_job() -> bool:
    """Claim and run one due job; `False` if none is due. A job that fails is put off.

    One that met a full disk or a database that went away has not failed, however often.
    """
    claimed = _claim()
    if claimed is None:
        return False
    try:
        _kinds[claimed.kind](*claimed.arguments)
    except Exception as error:
        session.rollback()
        _put_off(claimed, error)
    else:
        with write_transaction():
            session.execute(delete(Job).where(Job.id == claimed.id, Job.tries == claimed.tries))
    return True


def is_free(
    until: InstrumentedAttribute[datetime | None], longest: timedelta, now: datetime
) -> ColumnElement[bool]:
    """Whether nobody has claimed it, or longer ago than a claim holds, whatever the clock said."""
    return or_(until.is_(None), until < now, until > now + longest + SKEW)


@dataclass(frozen=True)
class Claimed:
    id: int
    kind: str
    arguments: list[Any]
    tries: int


def _claim() -> Claimed | None:
    now = clock.now()
    free = (
        select(Job.id)
        .where(
            Job.dead_at.is_(None),
            Job.run_at <= now,
            is_free(Job.lease_until, LEASE, now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )
    if session.scalar(free) is None:
        session.rollback()
        return None
    with write_transaction():
        row = session.execute(
            update(Job)
            .where(Job.id == free.with_for_update(skip_locked=True).scalar_subquery())
            .values(lease_until=now + LEASE, claimed_by=claimant.get(), tries=Job.tries + 1)
            .returning(Job.id, Job.kind, Job.arguments, Job.tries)
        ).one_or_none()
    return Claimed(*row) if row else None


def _put_off(claimed: Claimed, error: Exception) -> None:
    now, tries, values = clock.now(), claimed.tries, dict[str, Any](lease_until=None)
    if is_outage(error):
        log.error("job %s %s waits: %s", claimed.kind, claimed.arguments, error)
        values["tries"] = tries = tries - 1
    else:
        log.error("job %s %s failed", claimed.kind, claimed.arguments, exc_info=error)
        values["error"] = _storable("".join(traceback.format_exception(error)))
    if tries > len(BACK_OFF):
        values["dead_at"] = now
    else:
        wait = timedelta(seconds=BACK_OFF[max(tries, 1) - 1])
        values |= {"run_at": now + wait, "queued_at": now}
    with write_transaction():
        session.execute(
            update(Job).where(Job.id == claimed.id, Job.tries == claimed.tries).values(**values)
        )


def _storable(error: str) -> str:
    """Its end, in characters that every database takes: an error may quote anything."""
    return error.replace("\0", "").encode(errors="replace").decode()[-4000:]


def run_due_periodic() -> bool:
    """Run one periodic function that is due and set its next time first."""
    for entry in _periodic.values():
        if _take_turn(entry):
            try:
                entry.function()
            except Exception:
                session.rollback()
                log.exception("periodic %s failed", entry.name)
            return True
    return False


def _take_turn(entry: Periodic) -> bool:
    now = clock.now()
    due = session.scalar(select(PeriodicRun.next_at).where(PeriodicRun.name == entry.name))
    session.rollback()
    if due is not None and now < due <= now + entry.every + SKEW:
        return False
    with write_transaction():
        if due is None:
            return insert_once(PeriodicRun, name=entry.name, next_at=now + entry.every)
        turned = session.execute(
            update(PeriodicRun)
            .where(PeriodicRun.name == entry.name, PeriodicRun.next_at == due)
            .values(next_at=now + entry.every)
        )
        return turned.rowcount == 1  # type: ignore[attr-defined]


@periodic("jobs.clock", minutes=1)
def follow_the_clock() -> None:
    """Once the clock has been set back, let what waits wait as long as it was meant to."""
    now = clock.now()
    ahead = select(Job).where(Job.dead_at.is_(None), Job.run_at > now, Job.queued_at > now + SKEW)
    if session.scalar(ahead.limit(1)) is None:
        session.rollback()
        return
    with write_transaction():
        rows = session.scalars(ahead.limit(1000)).all()
        for row in rows:
            assert row.queued_at
            row.run_at, row.queued_at = now + (row.run_at - row.queued_at), now
    log.warning("the clock was set back: %s jobs would have waited too long", len(rows))
