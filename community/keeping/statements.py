"""Statements that nearly every page asks: compiled once, and put straight to the driver.

The toolkit takes a tenth of a millisecond for each, and a page that is put together has no more
than that for all of them. What comes back are the driver's own values: numbers and words, and 0 or
1 for what is false or true on SQLite.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles

from community.sqlite import sqlite_driver

Rows = Sequence[tuple[Any, ...]]


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

    def __init__(self, make: Callable[[], Select[*tuple[Any, ...]]]) -> None:
        self.make = make
        self.width = 0  # how many columns it gives, once it was asked
        self.on_sqlite: tuple[str, tuple[str, ...]] | None = None
        self.on_postgresql: tuple[str, Mapping[str, Any]] | None = None

    def ask(self, connection: Any, values: Mapping[str, Any]) -> Rows:
        """`connection` is the driver's, or a pool's around it."""
        driver = connection.driver_connection
        if isinstance(driver, sqlite_driver.Connection):
            return driver.execute(*self.for_sqlite(values)).fetchall()
        with driver.cursor() as cursor:
            return cursor.execute(*self.for_postgresql(values)).fetchall()

    def for_sqlite(self, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        if self.on_sqlite is None:
            compiled = self._compiled(sqlite.dialect(paramstyle="qmark"))
            self.on_sqlite = _with_what_is_fixed(
                str(compiled), compiled.positiontup, compiled.params
            )
        sql, order = self.on_sqlite
        plain = {name: _plain(value) for name, value in values.items()}
        return sql, tuple([plain[name] for name in order])

    def for_postgresql(self, values: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        if self.on_postgresql is None:
            compiled = self._compiled(postgresql.psycopg.dialect())
            fixed = {name: _word(value) for name, value in compiled.params.items()}
            self.on_postgresql = str(compiled), fixed
        sql, fixed = self.on_postgresql
        return sql, {**fixed, **values}

    def _compiled(self, dialect: Any) -> Any:
        made = self.make()
        self.width = len(made.selected_columns)
        return made.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})


def moment(value: Any) -> datetime:
    """A moment as the driver gives it."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _with_what_is_fixed(
    sql: str, order: Sequence[str], known: Mapping[str, Any]
) -> tuple[str, tuple[str, ...]]:
    """The statement with all values in its words but those that are given with each asking.

    SQLite plans a statement anew when a value changes that a partial index asks for.
    """
    pieces = sql.split("?")
    assert len(pieces) == len(order) + 1, "a question mark that is no parameter"
    written, left = pieces[0], []
    for name, piece in zip(order, pieces[1:], strict=True):
        if known[name] is None:
            left.append(name)
        written += ("?" if known[name] is None else _literal(_plain(known[name]))) + piece
    return written, tuple(left)


def _literal(value: str | int) -> str:
    return str(int(value)) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _plain(value: Any) -> Any:
    """As SQLite's columns hold it; a list, which is of one column's values, as JSON."""
    if type(value) is int:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, list | tuple):
        return str(list(value)) if value and type(value[0]) is int else json.dumps(value)
    return _word(value)
