"""Has anything been committed? Asked of the database about twice a second."""

import os
import threading
import time
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from community.config import Settings
from community.keeping.connections import connection_of_its_own
from community.postgresql import driver_errors
from community.sqlite import sqlite_driver
from community.versions import Shown, Standing, house_stands, versions_of

ASK_EVERY_SECONDS, PAGES_SECONDS = 0.5, 1.0
DATA_VERSION = "PRAGMA data_version"
MOST_SHOWN = 200


def away() -> tuple[type[Exception], ...]:
    """What is raised when the database is away."""
    ours = OperationalError, InterfaceError, sqlite_driver.OperationalError
    return (*ours, *driver_errors("OperationalError", "InterfaceError"))


class Heard(NamedTuple):
    pages: Standing
    people: Standing


class Changes:
    """One process's ear on the database, with a connection of its own that only ever reads.

    SQLite's `data_version` is blind to commits of the same connection, and PostgreSQL's snapshot
    to nothing that matters here: it changes with every commit that wrote.

    `latest` is what was heard last, by whoever had to know at once. All others go by what is
    `known`: of people for half a second and of pages for one, unless the house is another by then:
    else each reply would make everybody ask anew.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.Lock()
        self.asked_at = self.pages_since = 0.0
        self.heard: Any = None
        self.latest: Standing | None = None
        self.known: Heard | None = None
        self.connection: Connection | None = None
        self.cursor: Any = None
        self.process = 0
        self.shown: dict[Shown, None] = {}

    def standing_now(self) -> Standing:
        """What pages show, as of the last second."""
        return self._known().pages

    def people_now(self) -> Standing:
        """Who somebody is, and whether they are signed in, as of the last half second."""
        return self._known().people

    def _known(self) -> Heard:
        known = self.known
        if known and self._is_fresh():
            return known
        with self.lock:
            if self.known is None or not self._is_fresh():
                asked_at, now = time.monotonic(), self._ask()
                pages = self._pages_still(now, asked_at)
                self.known = Heard(pages or now, now)
                self.asked_at, self.pages_since = asked_at, self.pages_since if pages else asked_at
            return self.known

    def _pages_still(self, now: Standing, at: float) -> Standing | None:
        """How the house stood for pages, unless it is time for what was heard just now."""
        known = self.known
        is_due = at - self.pages_since >= PAGES_SECONDS
        return None if known is None or is_due or known.pages.house != now.house else known.pages

    def standing_at_once(self) -> Standing:
        """How the house stands at this moment, for who has just changed it."""
        with self.lock:
            return self._ask()

    def versions_now(self, rows: tuple[Shown, ...]) -> tuple[int, ...]:
        """From now on they are asked for along with how the house stands."""
        with self.lock:
            if len(self.shown) + len(rows) > MOST_SHOWN:
                self.shown = dict.fromkeys(list(self.shown)[MOST_SHOWN // 2 :])
            self.shown |= dict.fromkeys(rows)
            return versions_of(self._connected(), rows)

    def forget(self) -> None:
        """Take nothing as known, and hold no connection."""
        with self.lock:
            self.asked_at, self.latest, self.known = 0.0, None, None
            self._hang_up()

    def _is_fresh(self) -> bool:
        """What pages show is due by itself: else it would be as old as both together."""
        now = time.monotonic()
        recent = now - self.asked_at < ASK_EVERY_SECONDS and now - self.pages_since < PAGES_SECONDS
        return recent and self.process == os.getpid()

    def _ask(self) -> Standing:
        """Raise what the driver raises when the database is away, which one new connection says."""
        try:
            return self._ask_once()
        except away():
            self._hang_up()
            return self._ask_once()

    def _ask_once(self) -> Standing:
        """The same object as long as nothing was committed."""
        connection = self._connected()
        heard = self._listen()
        if self.latest is None or heard is None or heard != self.heard:
            now = house_stands(connection, self.shown)
            if self.latest is None or heard is not None or now.heard != self.latest.heard:
                self.latest, self.heard = now, heard
        return self.latest

    def _listen(self) -> int | None:
        """SQLite says it by itself; on PostgreSQL it is part of how the house stands."""
        return self.cursor and self.cursor.execute(DATA_VERSION).fetchone()[0]

    def _connected(self) -> Connection:
        """After a fork, one of this process: a connection cannot be shared."""
        if self.connection is None or self.process != os.getpid():
            self.latest, self.process = None, os.getpid()
            self.connection = connection_of_its_own(self.settings)
            driver: Any = self.connection.connection.driver_connection
            self.cursor = driver.cursor() if self.settings.uses_sqlite else None
        return self.connection

    def _hang_up(self) -> None:
        """A connection that was made before a fork is the other process's to close."""
        connection, self.connection = self.connection, None
        if connection is not None and self.process == os.getpid():
            with suppress(*away()):
                connection.close()
                connection.engine.dispose()
