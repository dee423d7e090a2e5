"""Who asks for a page, and the connection on which what is theirs is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from flask import Flask
from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection

from community.bounded import Bounded
from community.database import db
from community.keeping.acting import has_acted
from community.keeping.connections import engine_for_reading
from community.keeping.reader import Chosen, Connect, Reader
from community.keeping.recent import Lately, Own, Recent
from community.keeping.shelf import digest
from community.versions import Standing

# Somebody is who they were as long as the house is the same; whether they are still signed in, and
# what they have chosen, is asked after every commit for all who were found so lately.
MOST_FOUND, FOUND_SECONDS = 2_000, 10.0


StillIn = tuple[Chosen, int]


class Readers(Protocol):
    def find(self, environ: dict[str, Any], connect: Connect) -> Reader | None:
        """Nobody, where Flask has to look closer."""
        ...

    def chosen(self, sign_ins: Sequence[str], connect: Connect) -> Mapping[str, StillIn]:
        """What they have chosen whose sign-ins nobody has ended, and their versions."""
        ...


class Asking:
    """What is known of those who asked since something was last committed."""

    def __init__(self, app: Flask, readers: Readers) -> None:
        self.app, self.readers = app, readers
        self.known: Recent[Reader] = Recent()
        self.found: Bounded[bytes, tuple[float, Reader]] = Bounded(MOST_FOUND)
        self.chosen: tuple[Standing, Mapping[str, StillIn]] | None = None
        self.lately, self.own = Lately(), Own()
        self.engine: Engine | None = None
        self.resting: list[PoolProxiedConnection] = []

    def forget(self) -> None:
        self.known.clear()
        self.found.clear()
        self.chosen = None
        self.lately.clear()
        self.own.clear()

    def hang_up(self) -> None:
        while self.resting:
            self.resting.pop().close()
        if self.engine is not None and not self.app.config["SETTINGS"].uses_sqlite:
            self.engine.dispose()

    def reader_of(
        self, environ: dict[str, Any], standing: Standing, connect: Connect
    ) -> Reader | None:
        """A sign-in that was ended is over with its commit, and what somebody may do and is called
        changes with that of the house.
        """
        cookies = environ["HTTP_COOKIE"]
        key = digest(cookies)
        known = self.known.get(key, standing)
        if known:
            acted = known.acted and has_acted(cookies)
            return known.but(connect=connect, asked={}, acted=acted)
        reader = self._still_signed_in(key, standing, connect)
        if reader is None:
            found = self.readers.find(environ, connect)
            if found is None:
                return None
            reader = found.but(before=self.lately, own=self.own)
            self.found[key] = time.monotonic(), reader
        reader = reader.but(acted=has_acted(cookies))
        self.known.put(key, standing, reader)
        return reader.but(asked={})

    def _still_signed_in(self, key: bytes, standing: Standing, connect: Connect) -> Reader | None:
        """Somebody found a moment ago: of all those it is asked at once."""
        at, reader = self.found.get(key, (0.0, None))
        if reader is None or not _is_recent(at) or reader.house != standing.house:
            return None
        known = self.chosen
        if known is None or known[0] is not standing:
            recent = [one.sign_in for at, one in list(self.found.values()) if _is_recent(at)]
            known = self.chosen = standing, self.readers.chosen(recent, connect)
        chosen, version = known[1].get(reader.sign_in, (None, 0))
        if chosen != reader.chosen:
            return None
        return reader.but(connect=connect, asked={}, version=version)

    @contextmanager
    def connecting(self) -> Iterator[Connect]:
        """A connection, once it is asked for; it is left to the next who asks, unless it failed."""
        connections: list[PoolProxiedConnection] = []

        def connect() -> PoolProxiedConnection:
            if not connections:
                connections.append(self._connection())
            return connections[0]

        try:
            yield connect
        except BaseException:
            for connection in connections:
                connection.close()
            raise
        self.resting += connections

    def _connection(self) -> PoolProxiedConnection:
        """There are no more than ask at once."""
        try:
            return self.resting.pop()
        except IndexError:
            return self._engine().raw_connection()

    def _engine(self) -> Engine:
        """Made when first used: a process that forks has none yet."""
        if self.engine is None:
            settings = self.app.config["SETTINGS"]
            with self.app.app_context():
                self.engine = db.engine if settings.uses_sqlite else engine_for_reading(settings)
        return self.engine


def _is_recent(at: float) -> bool:
    return time.monotonic() - at < FOUND_SECONDS
