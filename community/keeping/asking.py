"""Who asks for a page, and the connection on which what is theirs is asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from flask import Flask
from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection

from community.database import db
from community.keeping.acting import has_acted
from community.keeping.connections import engine_for_reading, is_sqlite
from community.keeping.own import Connect, Reader
from community.keeping.recent import Lately, Recent
from community.versions import Standing

FindReader = Callable[[dict[str, Any], Connect], Reader | None]


class Asking:
    """What is known of those who asked since something was last committed."""

    def __init__(self, app: Flask, find_reader: FindReader) -> None:
        self.app, self.find_reader = app, find_reader
        self.readers: Recent[Reader] = Recent()
        self.lately = Lately()
        self.engine: Engine | None = None

    def forget(self) -> None:
        self.readers.clear()
        self.lately.clear()

    def hang_up(self) -> None:
        if self.engine is not None and not is_sqlite(self.app.config["SETTINGS"]):
            self.engine.dispose()

    def reader_of(
        self, environ: dict[str, Any], standing: Standing, connect: Connect
    ) -> Reader | None:
        """Found anew after each commit: a sign-in that was ended is over with its commit."""
        cookies = environ["HTTP_COOKIE"]
        key = digest(cookies)
        known = self.readers.get(key, standing)
        if known:
            return replace(known, connect=connect)
        found = self.find_reader(environ, connect)
        if found is None:
            return None
        reader = replace(found, before=self.lately, acted=has_acted(cookies))
        self.readers.put(key, standing, reader)
        return reader

    @contextmanager
    def connecting(self) -> Iterator[Connect]:
        """A connection, once it is asked for."""
        connections: list[PoolProxiedConnection] = []

        def connect() -> PoolProxiedConnection:
            if not connections:
                connections.append(self._engine().raw_connection())
            return connections[0]

        try:
            yield connect
        finally:
            for connection in connections:
                connection.close()

    def _engine(self) -> Engine:
        """Made when first used: a process that forks has none yet."""
        if self.engine is None:
            settings = self.app.config["SETTINGS"]
            with self.app.app_context():
                self.engine = db.engine if is_sqlite(settings) else engine_for_reading(settings)
        return self.engine


def digest(*parts: Hashable) -> bytes:
    """However long a header is that somebody sends, it is not kept."""
    return blake2b(repr(parts).encode(), digest_size=16).digest()
