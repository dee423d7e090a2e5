"""The index in the database itself: every machine reads the same, and a lock names the writer."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import Connection

from community.errors import Busy
from community.search.documents import Document
from community.search.engine import FORMAT, Engine
from community.search.places import BeingWritten, Place, Unreadable
from community.search.postgresql_engine import Database, PostgreSQLEngine
from community.search.postgresql_tables import MAY_HAVE_TRIGRAMS

LOCK = 7_106_419
DOUBTED = "SELECT doubted FROM search_index_state"
WITHOUT_TRIGRAMS = (
    "misspelt words are hardly recognised, because this role may not have pg_trgm: let a superuser "
    "of the database run `CREATE EXTENSION pg_trgm`, then run `flask search reindex`"
)


class Tables(Place):
    """Tables of the community's own PostgreSQL, which forgets the lock with the connection."""

    torn = (psycopg.ProgrammingError, psycopg.InternalError, LookupError, ValueError)
    engines = {PostgreSQLEngine.name: PostgreSQLEngine}

    def __init__(self, url: str, held: Connection | None = None) -> None:
        self.database = Database(url, held)

    def engine_for(self, count: int) -> type[Engine]:
        return PostgreSQLEngine

    def is_there(self) -> bool:
        with suppress(*self.torn):
            return bool(self._rows(DOUBTED))
        return False

    def current(self) -> Engine:
        try:
            engine = PostgreSQLEngine(self.database)
        except self.torn as absent:
            raise Unreadable(repr(absent)) from absent
        if engine.first_seen.format != FORMAT:
            raise Unreadable("the index has another format")
        return engine

    @contextmanager
    def reading(self) -> Iterator[Engine]:
        """All that one search asks is asked on one connection."""
        try:
            with self.database.connection() as connection:
                held = Tables(self.database.url, connection)
                with Place.reading(held) as engine:
                    yield engine
        except psycopg.OperationalError as away:
            raise Busy from away

    def rebuild(self, kind: type[Engine], documents: Iterable[Document]) -> Engine:
        with self._locked("SELECT true FROM pg_advisory_lock(%s)"):
            return PostgreSQLEngine.create(self.database, documents)

    @contextmanager
    def writing_now(self) -> Iterator[None]:
        with self._locked("SELECT pg_try_advisory_lock(%s)"):
            yield

    def doubt(self) -> None:
        with suppress(psycopg.Error), self.database.connection() as connection:
            connection.execute("UPDATE search_index_state SET doubted = true WHERE NOT doubted")

    def is_doubted(self) -> bool:
        try:
            return self._rows(DOUBTED)[0][0]
        except self.torn:
            return True

    def trust(self) -> None:
        with self.database.connection() as connection:
            connection.execute("UPDATE search_index_state SET doubted = false WHERE doubted")

    def lack(self) -> str:
        return WITHOUT_TRIGRAMS if self.lacks_trigrams() else ""

    def lacks_trigrams(self) -> bool:
        """Whether misspelt words cannot be looked up: the role may not have the extension."""
        with self.database.connection() as connection:
            return connection.execute(MAY_HAVE_TRIGRAMS).fetchone() != (True,)

    def _rows(self, statement: LiteralString) -> list[tuple[Any, ...]]:
        with self.database.connection() as connection:
            return connection.execute(statement).fetchall()

    @contextmanager
    def _locked(self, lock: LiteralString) -> Iterator[None]:
        with self.database.connection() as connection:
            connection.execute("SET statement_timeout = 0")
            taken = connection.execute(lock, (LOCK,)).fetchone() == (True,)
            connection.execute("RESET statement_timeout")
            if not taken:
                raise BeingWritten
            try:
                yield
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
