"""Statements sent past the session, in the transaction that is open."""

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CursorResult,
    Executable,
    Insert,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from community.database import Base, session, table_of
from community.keeping.statements import MOST_MOMENTS, Statement, given, in_marks


def send(statement: Executable, values: Any = None) -> CursorResult[Any]:
    """Send a Core statement behind what is pending, in the same transaction.

    For what every request writes: a statement built once, at import, and sent so takes a fifth of
    the time that the session takes for it.
    """
    session.flush()
    return session().connection().execute(statement, values)


class Row(Protocol):
    """One of many, of whose columns a statement is made."""

    def __getitem__(self, column: str) -> ColumnElement[Any]: ...

    def insert(self, model: type[Base], values: Mapping[str, Any]) -> Any: ...


class ForEach:
    """A statement for each of many rows, with their values as the driver takes them.

    For what is written by the thousand: the toolkit takes longer over each row than the database,
    and PostgreSQL longer over each sending than over what is done. There it is sent once, with a
    list for each of the columns.
    """

    def __init__(self, columns: Mapping[str, Any], make: Callable[[Row], Insert]) -> None:
        self.columns = columns
        self.one = Statement(lambda: make(_Given()))
        self.all = Statement(lambda: make(_Listed(columns)))

    def send(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """In the transaction that is open, behind what is pending there. None: nothing is sent."""
        if not rows:
            return
        session.flush()
        connection = session().connection()
        if connection.dialect.name == "sqlite":
            each = [self.one.for_sqlite(row) for row in rows]
            words, _values = each[0]
            connection.exec_driver_sql(in_marks(words), [values for _words, values in each])
        else:
            lists = {name: _list([row[name] for row in rows]) for name in self.columns}
            words, values = self.all.for_postgresql(lists)
            connection.exec_driver_sql("%s".join(words), values)


class _Given:
    """A row that is given by itself."""

    def __getitem__(self, column: str) -> ColumnElement[Any]:
        return given(column)

    def insert(self, model: type[Base], values: Mapping[str, Any]) -> Any:
        return sqlite.insert(table_of(model)).values(values)


class _Listed:
    """A row out of lists."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        lists = [cast(given(name), ARRAY(_unbounded(of.type))) for name, of in columns.items()]
        self.rows = func.unnest(*lists).table_valued(*columns).render_derived("listed")

    def __getitem__(self, column: str) -> ColumnElement[Any]:
        return self.rows.c[column]

    def insert(self, model: type[Base], values: Mapping[str, Any]) -> Any:
        rows = select(*values.values()).select_from(self.rows)
        return postgresql.insert(table_of(model)).from_select(list(values), rows)


def _unbounded(kind: Any) -> Any:
    """A cast to so many letters would cut off the rest without a word."""
    return Text() if isinstance(kind, String) else kind


def _list(values: Sequence[Any]) -> str:
    """As PostgreSQL reads a list of anything; the driver takes ten times as long to write one."""
    return "{" + ",".join([_word(value) for value in values]) + "}"


def _word(value: Any) -> str:
    if value is None:
        return "NULL"
    if type(value) is int:
        return str(value)
    word = _moment(value) if type(value) is datetime else str(value)
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# Written out for good: it takes long, and the same moment stands in many rows.
_moment = functools.lru_cache(MOST_MOMENTS)(str)


def send_row(statement: Insert, row: dict[str, Any]) -> int:
    """Send an `INSERT` of one row; return the id that it was given."""
    key = send(statement, row).inserted_primary_key
    assert key
    return key[0]


def insert_once(model: type[Base], **values: Any) -> bool:
    """Insert the row unless a unique key forbids it; say whether it was inserted."""
    connection = session().connection()
    inserted = connection.execute(_insert_once(model, connection.dialect.name), values)
    return inserted.first() is not None


@functools.cache
def _insert_once(model: type[Base], dialect: str) -> Executable:
    insert = (postgresql if dialect == "postgresql" else sqlite).insert
    table = table_of(model)
    once = insert(table).on_conflict_do_nothing(index_elements=_natural_key(table))
    return once.returning(*table.primary_key)


def _natural_key(table: Table) -> list[str] | None:
    """What makes two rows the same; that a public id is taken says nothing of the row."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = [one.columns.keys() for one in unique]
    others = [key for key in keys if key != ["public_id"]]
    return others[0] if len(others) == 1 < len(keys) else None
