"""A table's rows in the order of their key, and what they come to on any database."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import JSON, Column, Connection, Enum, Select, String, Table, Text, cast, select
from sqlalchemy import type_coerce as as_it_is

AT_ONCE = 1_000

Row = Sequence[Any]


class Differs(Exception):
    """What came out is not what went in; says where."""


def rows(connection: Connection, table: Table) -> Iterator[Row]:
    """All of them, few in memory at a time."""
    asked = _every_row(table, sorts_by_language=connection.dialect.name == "postgresql")
    yield from connection.execute(asked, execution_options={"yield_per": AT_ONCE})


def compare(source: Iterator[Row], target: Iterator[Row], table: Table) -> tuple[int, str]:
    """How many rows there are and a digest of all, equal on both sides, or `Differs`."""
    count, whole = 0, hashlib.sha256()
    for one, other in zip_longest(source, target):
        if one is None or other is None or canonical(one) != canonical(other):
            which = _named(table, one if other is None else other)
            raise Differs(f"{table.name}: {which} is not the same on both sides")
        whole.update(hashlib.sha256(canonical(one)).digest())
        count += 1
    return count, whole.hexdigest()


def canonical(row: Row) -> bytes:
    """The same bytes for the same values, whichever database they came from."""
    return json.dumps([_plain(value) for value in row], ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes | memoryview) else value


def _every_row(table: Table, *, sorts_by_language: bool) -> Select:
    """By the bytes of words, as SQLite sorts by itself."""
    key = [
        column.collate("C") if sorts_by_language and isinstance(column.type, String) else column
        for column in table.primary_key
    ]
    return select(*map(_read, table.columns)).order_by(*key)


def _read(column: Column) -> Any:
    """JSON as it was written; a choice as its word."""
    if isinstance(column.type, JSON):
        return cast(column, Text).label(column.name)
    if isinstance(column.type, Enum):
        return as_it_is(column, String).label(column.name)
    return column


def _named(table: Table, row: Row | None) -> str:
    assert row is not None
    names = [column.name for column in table.columns]
    key = [column.name for column in table.primary_key]
    return ", ".join(f"{name} {row[names.index(name)]}" for name in key)
