"""The worker: hands events to their subscribers and runs the jobs that are due."""

import logging
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select, update

from community import clock
from community.database import session, write_transaction
from community.duty import on_duty
from community.events import (
    EventRow,
    Handler,
    Happened,
    handler_called,
    handler_name,
    happened,
    subscribers,
)
from community.jobs import claimant, is_free, job, run_due_job, run_due_periodic
from community.outages import is_outage

log = logging.getLogger(__name__)

BATCH = 500
CLAIM = timedelta(minutes=5)
PAUSE_SECONDS = 0.2
STUMBLE_SECONDS = 1.0
LOCK_SECONDS = 0.015


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Hand out events and run jobs until told to stop; the job at hand is finished first."""
    stopping: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: stopping.append(number))
    stay_on_duty(until=lambda: bool(stopping))


def stay_on_duty(*, until: Callable[[], bool]) -> None:
    """Work, and after a stumble come on duty anew: whoever is alone frees what was claimed."""
    while not until():
        try:
            with on_duty() as check:
                work(until=until, check=check)
        except Exception as error:
            _note_stumble(error)
            session.remove()
            time.sleep(STUMBLE_SECONDS)


def work(*, until: Callable[[], bool], check: Callable[[], None]) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    while not until():
        check()
        with app.app_context():
            busy = work_once()
        if not busy:
            time.sleep(PAUSE_SECONDS)


def _note_stumble(error: Exception) -> None:
    if is_outage(error):
        log.error("the worker waits: %s", str(error).splitlines()[0])
    else:
        log.exception("the worker stumbled")


def work_once() -> bool:
    """One round: a batch of events, one job, one periodic function. `False` if all was idle."""
    return any([dispatch_events(), run_due_job(), run_due_periodic()])


def run_jobs() -> None:
    """Drain events and due jobs here and now: for tests and commands."""
    while dispatch_events() or run_due_job():
        pass


def dispatch_events(*, locking: float = LOCK_SECONDS) -> bool:
    """Claim undispatched events and hand each to its subscribers.

    `locking`: for how many seconds the database may be held at a time; where nobody else writes,
    long is quicker.
    """
    rows = _claim_events()
    if not rows:
        return False
    told = [one for row in rows if (one := happened(row))]
    for handler, theirs in _by_handler(told).items():
        _deliver(handler, theirs, locking)
    with write_transaction():
        session.execute(
            update(EventRow)
            .where(EventRow.id.in_([row.id for row in rows]))
            .values(dispatched_at=clock.now())
        )
    return True


def _claim_events() -> Sequence[EventRow]:
    now = clock.now()
    open_ids = (
        select(EventRow.id)
        .where(
            EventRow.dispatched_at.is_(None),
            is_free(EventRow.claimed_until, CLAIM, now),
        )
        .order_by(EventRow.id)
        .limit(BATCH)
    )
    if session.scalar(open_ids.limit(1)) is None:
        session.rollback()
        return []
    # By name, because a subquery might be asked again for each row, and lock others each time.
    chosen = open_ids.with_for_update(skip_locked=True).cte("chosen")
    with write_transaction():
        ids = session.scalars(
            update(EventRow)
            .where(EventRow.id.in_(select(chosen.c.id)))
            .values(claimed_until=now + CLAIM, claimed_by=claimant.get())
            .returning(EventRow.id)
        ).all()
        rows = session.scalars(
            select(EventRow).where(EventRow.id.in_(ids)).order_by(EventRow.id)
        ).all()
        for row in rows:
            session.expunge(row)
    return rows


def _by_handler(told: Sequence[Happened]) -> dict[Handler, list[Happened]]:
    table = subscribers()
    grouped: dict[Handler, list[Happened]] = {}
    for one in told:
        for handler in table.get(type(one.event), ()):
            grouped.setdefault(handler, []).append(one)
    return grouped


def _deliver(handler: Handler, waiting: Sequence[Happened], locking: float) -> None:
    """Handle in short transactions, so that people who write do not wait for the worker."""
    waiting = list(waiting)
    while waiting:
        began, done = time.monotonic(), 0
        try:
            with write_transaction():
                for one in waiting:
                    handler(one)
                    done += 1
                    if time.monotonic() - began > locking:
                        break
        except Exception:
            session.rollback()
            log.exception("%s failed in a batch; handing over one by one", handler_name(handler))
            for one in waiting[: done + 1]:
                _deliver_alone(handler, one)
            done += 1
        waiting = waiting[done:]


def _deliver_alone(handler: Handler, one: Happened) -> None:
    try:
        with write_transaction():
            handler(one)
    except Exception:
        session.rollback()
        log.error("%s failed: %s", handler_name(handler), traceback.format_exc())
        name = handler_name(handler)
        with write_transaction():
            redeliver.later(
                name,
                one.id,
                run_at=clock.now() + timedelta(seconds=5),
                key=f"redeliver:{one.id}:{name}"[:200],
            )


@job("events.redeliver")
def redeliver(name: str, event_id: int) -> None:
    """Hand one event to one subscriber again; the job's own retries apply."""
    handler, row = handler_called(name), session.get(EventRow, event_id)
    told = happened(row) if row else None
    if handler and told:
        with write_transaction():
            handler(told)


COMMANDS = [worker_command]
