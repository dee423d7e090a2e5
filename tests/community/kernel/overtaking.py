"""Two who change the same thing at once on PostgreSQL, the one waiting for the other's commit."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection, text

from community.database import db, session

PATIENCE_SECONDS = 30
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@contextmanager
def overtaking(
    app: Flask,
    late: Callable[[], object],
    *,
    then: Callable[[Connection], object] = lambda _first: None,
) -> Iterator[Connection]:
    """What the block writes, and `then` after it, is committed when `late` waits for it."""
    session.rollback()
    failed: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            try:
                late()
            except BaseException as error:
                failed.append(error)
            session.remove()

    thread = threading.Thread(target=run)
    with db.engine.begin() as first:
        yield first
        thread.start()
        _wait_until_it_waits(thread)
        then(first)
    thread.join(PATIENCE_SECONDS)
    if failed:
        raise failed[0]


def _wait_until_it_waits(thread: threading.Thread) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as look:
        while not look.scalar(WAITING):
            assert thread.is_alive() and time.monotonic() < until, "it did not wait"
            time.sleep(0.005)
