"""Statements that nearly every page asks: compiled once, and put straight to the driver.

The toolkit takes a tenth of a millisecond for each, and a page that is put together has no more
than that for all of them. What comes back are the driver's own values: numbers and words, and 0 or
1 for what is false or true on SQLite.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from psycopg import RawCursor
from sqlalchemy import BindParameter, Boolean, ColumnElement, Insert, SelectBase, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles

from community.sqlite import sqlite_driver

MOST_NUMBERED, MOST_MOMENTS = 1_000, 1_000

Rows = Sequence[tuple[Any, ...]]
# Of a statement, and the names of what is given between them.
Words = tuple[tuple[str, ...], tuple[str, ...]]


def given(name: str) -> BindParameter[Any]:
    """A value that is given with each asking."""
    return bindparam(name, required=False)


class among(ColumnElement[bool]):
    """Whether the column is one of the values given: the same words for any number of them."""

    type = Boolean()
    inherit_cache = False
    _is_implicitly_boolean = True  # else "= 1" is put behind it, and no index is used

    def __init__(self, column: Any, name: str) -> None:
        self.column, self.values = column, given(name)


@compiles(among)
def _on_sqlite(element: among, compiler: Any, **rest: Any) -> str:
    column, values = (compiler.process(one, **rest) for one in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: Any, **rest: Any) -> str:
    column, values = (compiler.process(one, **rest) for one in (element.column, element.values))
    return f"{column} = ANY({values})"


class Statement:
    """One statement for both databases."""

    def __init__(self, make: Callable[[], SelectBase | Insert]) -> None:
        self.make = make
        self.width = 0  # how many columns it gives, once it was asked
        self.on_sqlite: Words | None = None
        self.on_postgresql: Words | None = None

    def ask(self, connection: Any, values: Mapping[str, Any]) -> Rows:
        """`connection` is the driver's, or a pool's around it."""
        driver = connection.driver_connection
        if isinstance(driver, sqlite_driver.Connection):
            words, given = self.for_sqlite(values)
            return driver.execute(in_marks(words), given).fetchall()
        return ask_postgresql(driver, *self.for_postgresql(values))

    def for_sqlite(self, values: Mapping[str, Any]) -> tuple[Sequence[str], tuple[Any, ...]]:
        """The words of the statement, and the values that stand between them."""
        if self.on_sqlite is None:
            self.on_sqlite = self._compiled(sqlite.dialect(paramstyle="qmark"))
        words, order = self.on_sqlite
        plain = {name: _plain(value) for name, value in values.items()}
        return words, tuple([plain[name] for name in order])

    def for_postgresql(self, values: Mapping[str, Any]) -> tuple[Sequence[str], tuple[Any, ...]]:
        if self.on_postgresql is None:
            self.on_postgresql = self._compiled(postgresql.psycopg.dialect(paramstyle="qmark"))
        words, order = self.on_postgresql
        return words, tuple([values[name] for name in order])

    def _compiled(self, dialect: Any) -> Words:
        made = self.make()
        self.width = len(made.selected_columns) if isinstance(made, SelectBase) else 0
        compiled: Any = made.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        return _with_what_is_fixed(str(compiled), compiled.positiontup, compiled.params)


def ask_postgresql(driver: Any, words: Sequence[str], given: tuple[Any, ...]) -> Rows:
    """In PostgreSQL's own words: of any others the driver reads each long one anew each time."""
    cursor: Any = RawCursor(driver)
    with cursor:
        return cursor.execute(_numbered(words), given).fetchall()


@lru_cache(MOST_NUMBERED)
def in_marks(words: Sequence[str]) -> str:
    """As one string, always the same: the driver looks it up among those it has prepared."""
    return "?".join(words)


@lru_cache(MOST_NUMBERED)
def _numbered(words: Sequence[str]) -> str:
    between = [f"${number}{word}" for number, word in enumerate(words[1:], start=1)]
    return words[0] + "".join(between)


def name_of(statement: Statement, values: Mapping[str, Any]) -> Hashable:
    """The same for whoever asks the same, and gives the values in the same order."""
    return statement, *[tuple(one) if type(one) is list else one for one in values.values()]


def moment(value: Any) -> datetime:
    """A moment as the driver gives it."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _with_what_is_fixed(sql: str, order: Sequence[str], known: Mapping[str, Any]) -> Words:
    """The statement with all values in its words but those that are given with each asking.

    SQLite plans a statement anew when a value changes that a partial index asks for.
    """
    pieces = sql.split("?")
    assert len(pieces) == len(order) + 1, "a question mark that is no parameter"
    words, left = [pieces[0]], []
    for name, piece in zip(order, pieces[1:], strict=True):
        if known[name] is None:
            left.append(name)
            words.append(piece)
        else:
            words[-1] += _literal(_word(known[name])) + piece
    return tuple(words), tuple(left)


def _literal(value: str | int) -> str:
    assert type(value) in (int, str), "a value that is not written alike in both databases"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _plain(value: Any) -> Any:
    """As SQLite's columns hold it; a list, which is of one column's values, as JSON."""
    if type(value) in (int, str):
        return value
    if isinstance(value, datetime):
        return _as_sqlite_writes(value)
    if isinstance(value, list | tuple):
        return str(list(value)) if value and type(value[0]) is int else json.dumps(value)
    return _word(value)


@lru_cache(MOST_MOMENTS)
def _as_sqlite_writes(moment: datetime) -> str:
    """It takes long, and the same moment stands in many rows."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
