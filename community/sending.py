"""Statements sent past the session, in the transaction that is open."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Insert, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

from community.database import Base, session, table_of
from community.keeping.statements import Statement


def send(statement: Executable, values: Any = None) -> CursorResult[Any]:
    """Send a Core statement behind what is pending, in the same transaction.

    For what every request writes: a statement built once, at import, and sent so takes a fifth of
    the time that the session takes for it.
    """
    session.flush()
    return session().connection().execute(statement, values)


def send_each(statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Send it with each of the rows, whose values are as the driver takes them.

    For what is written by the thousand: the toolkit takes longer over each row than the database.
    """
    session.flush()
    connection = session().connection()
    if connection.dialect.name == "sqlite":
        between, given = "?", [statement.for_sqlite(row) for row in rows]
    else:
        between, given = "%s", [statement.for_postgresql(row) for row in rows]
    words, _values = given[0]
    connection.exec_driver_sql(between.join(words), [values for _words, values in given])


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
