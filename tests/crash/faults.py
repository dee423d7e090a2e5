"""Faults that the checks must notice, planted in a running product from outside it."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.engine import Engine

import ideas.voting.actions as voting
from community import events, jobs
from community.database import Base, after_commit, session, write_transaction
from community.jobs import job


@job("crash.line")
def add_line(path: str, line: str) -> None:
    """What a test can count: a job leaves a line, and takes long enough to be taken twice."""
    with Path(path).open("a") as file:
        file.write(f"{line} {os.getpid()}\n")
    time.sleep(0.02)


def none() -> None:
    """The product as it is, with the job above."""


def votes_inserted_plainly() -> None:
    """The test drops the unique key as well."""

    def insert_again(model: type[Base], **values: Any) -> bool:
        session.execute(insert(model).values(**values))
        return True

    voting.insert_once = insert_again


def jobs_without_lease() -> None:
    jobs.LEASE = timedelta(0)


def events_after_the_commit() -> None:
    at_once = events.emit_all

    def emit_later(told: Any, **options: Any) -> None:
        def write() -> None:
            time.sleep(0.02)  # long enough to be killed in
            with write_transaction():
                at_once(told, **options)

        after_commit(write)

    events.emit_all = emit_later  # type: ignore[assignment]


def commits_without_sync() -> None:
    @event.listens_for(Engine, "connect")
    def _hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")


FAULTS: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (
        none,
        votes_inserted_plainly,
        jobs_without_lease,
        events_after_the_commit,
        commits_without_sync,
    )
}
