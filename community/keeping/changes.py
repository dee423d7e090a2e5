"""Has anything been committed? Asked of the database at most every tenth of a second."""

import os
import threading
import time
from typing import Any

from sqlalchemy import URL, Connection, create_engine, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from community.config import Settings
from community.database import sqlite_driver
from community.versions import Standing, house_stands, versions_of

ASK_EVERY_SECONDS = 0.1


class Changes:
    """One process's ear on the database, with a connection of its own that only ever reads.

    SQLite's `data_version` is blind to commits of the same connection, and PostgreSQL's snapshot
    to nothing that matters here: it changes with every commit that wrote.
    """

    def __init__(self, settings: Settings) -> None:
        self.url = make_url(settings.database_url)
        self.lock = threading.Lock()
        self.asked_at = 0.0
        self.heard: Any = None
        self.standing: Standing | None = None
        self.engine: Engine | None = None
        self.process = 0

    def standing_now(self, *, at_once: bool = False) -> Standing:
        """How the house stood within the last tenth of a second, or stands `at_once`."""
        known = self.standing
        if known and not at_once and self._is_fresh():
            return known
        with self.lock:
            known = self.standing
            if known is None or at_once or not self._is_fresh():
                known = self.standing = self._ask()
            return known

    def versions_now(self, rows: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
        with self.lock, self._connection() as connection:
            return versions_of(connection, rows)

    def forget(self) -> None:
        """Take nothing as known, and hold no connection."""
        with self.lock:
            self.asked_at, self.standing = 0.0, None
            if self.engine is not None:
                self.engine.dispose()
            self.engine = None

    def listen_again(self) -> None:
        """Something was committed here: the next question is asked of the database."""
        self.asked_at = 0.0

    def _is_fresh(self) -> bool:
        mine = self.process == os.getpid()
        return mine and time.monotonic() - self.asked_at < ASK_EVERY_SECONDS

    def _ask(self) -> Standing:
        """Raise what the driver raises when the database is away, which one new connection says."""
        try:
            return self._ask_once()
        except DBAPIError:
            self.engine = None
            return self._ask_once()

    def _ask_once(self) -> Standing:
        try:
            with self._connection() as connection:
                at, heard = time.monotonic(), self._listen(connection)
                known = self.standing if heard == self.heard else None
                found = known or house_stands(connection)
        except DBAPIError:
            self.engine = None
            raise
        self.asked_at, self.heard = at, heard
        return found

    def _listen(self, connection: Connection) -> Any:
        sqlite = connection.dialect.name == "sqlite"
        question = "PRAGMA data_version" if sqlite else "SELECT pg_current_snapshot()::text"
        return connection.exec_driver_sql(question).scalar()

    def _connection(self) -> Connection:
        """After a fork, one of this process: a connection cannot be shared."""
        if self.engine is None or self.process != os.getpid():
            self.standing, self.process = None, os.getpid()
            self.engine = _listening(self.url)
        return self.engine.connect()


def _listening(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=StaticPool)
    options: Any = {"module": sqlite_driver, "connect_args": {"check_same_thread": False}}
    return create_engine(url, poolclass=StaticPool, **options)
