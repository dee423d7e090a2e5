"""Counting what is asked of the database, whoever asks and in whatever way: at the driver itself.

Only connections made after this was imported are heard, so a process that counts imports it first.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.pool import Pool

from community.sqlite import sqlite_driver

# Transactions' own words, and the empty ones by which it is heard whether a server is there.
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE", "--", ";")

_on_sqlite: list[Any] = []
_counted: list[str] | None = None
_counting_for = 0


@contextmanager
def counting() -> Iterator[list[str]]:
    """What this thread asks of the database, transactions' own apart."""
    global _counted, _counting_for
    _counted, _counting_for = [], threading.get_ident()
    for connection in _on_sqlite:
        connection.set_trace_callback(_note)
    try:
        yield _counted
    finally:
        for connection in _on_sqlite:
            connection.set_trace_callback(None)
        _counted = None


def _note(statement: str) -> None:
    mine = _counted is not None and threading.get_ident() == _counting_for
    if mine and not statement.lstrip().startswith(NOT_COUNTED):
        _counted.append(statement)  # type: ignore[union-attr]


_execute = psycopg.Cursor.execute


def _execute_and_note(cursor: Any, query: Any, *arguments: Any, **options: Any) -> Any:
    _note(str(query))
    return _execute(cursor, query, *arguments, **options)


psycopg.Cursor.execute = _execute_and_note  # type: ignore[method-assign]


@event.listens_for(Pool, "connect")
def _listen(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite_driver.Connection):
        _on_sqlite.append(connection)
        connection.set_trace_callback(_note if _counted is not None else None)


@event.listens_for(Pool, "close")
@event.listens_for(Pool, "close_detached")
def _forget(connection: Any, _record: Any = None) -> None:
    if connection in _on_sqlite:
        _on_sqlite.remove(connection)
