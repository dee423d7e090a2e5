"""Rows by the million: PostgreSQL's COPY and SQLite's executemany, without what guards single rows.

While they come in, nothing checks where they point to, and only keys are indexed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Column, Integer, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, DropIndex

from community.database import db
from community.sqlite import sqlite_driver
from community.sqlite_planner import gather

HASTY = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000")

Row = Mapping[str, Any]


class Bulk(ABC):
    def __init__(self, driver: Any, dialect: Dialect) -> None:
        self.driver, self.dialect = driver, dialect
        self.maker = cache(self._maker)

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """All rows name the same columns; the others get their defaults."""
        names, makers = self.maker(table, frozenset(rows[0]))
        self._send(table.name, names, ([make(row) for make in makers] for row in rows))

    @abstractmethod
    def _send(self, table: str, names: Sequence[str], rows: Iterator[list[Any]]) -> None: ...

    def _maker(self, table: Table, given: frozenset[str]) -> tuple[list[str], list[Callable]]:
        columns = [one for one in table.columns if one.name in given or one.default is not None]
        makers = [self._value(one, given=one.name in given) for one in columns]
        return [one.name for one in columns], makers

    def _value(self, column: Column, *, given: bool) -> Callable[[Row], Any]:
        name, bind = (
            column.name,
            column.type.dialect_impl(self.dialect).bind_processor(self.dialect),
        )
        if given:
            return (lambda row: bind(row[name])) if bind else (lambda row: row[name])
        default: Any = column.default
        if default.is_callable:
            make = default.arg
            return (lambda _row: bind(make(None))) if bind else (lambda _row: make(None))
        value = bind(default.arg) if bind else default.arg
        return lambda _row: value

    def execute(self, statement: Any) -> None:
        self.driver.execute(str(statement.compile(dialect=self.dialect)))

    @abstractmethod
    def finish(self, tables: Sequence[Table]) -> None:
        """Bring the database to what it is like when it has grown row by row."""


class SQLiteBulk(Bulk):
    def _send(self, table: str, names: Sequence[str], rows: Iterator[list[Any]]) -> None:
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        self.driver.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)

    def finish(self, tables: Sequence[Table]) -> None:
        gather(self.driver)
        self.driver.commit()
        self.driver.execute("PRAGMA journal_mode=WAL")


class PostgreSQLBulk(Bulk):
    def _send(self, table: str, names: Sequence[str], rows: Iterator[list[Any]]) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        with self.driver.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self, tables: Sequence[Table]) -> None:
        """The next row gets the number after the last."""
        for table in tables:
            column = table.autoincrement_column
            if column is not None and isinstance(column.type, Integer):
                last = f'SELECT max("{column.name}") FROM "{table.name}" HAVING count(*) > 0'
                sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{column.name}')"
                self.driver.execute(f"SELECT setval({sequence}, ({last}))")
        self.driver.commit()
        self.driver.autocommit = True
        self.driver.execute("VACUUM ANALYZE")


@contextmanager
def bulk(tables: Sequence[Table]) -> Iterator[Bulk]:
    """Into the application's database, which nobody else uses meanwhile."""
    opened = _opened()
    indexes = [index for table in tables for index in table.indexes]
    try:
        for index in indexes:
            opened.execute(DropIndex(index))
        yield opened
        for index in indexes:
            opened.execute(CreateIndex(index))
        opened.finish(tables)
    finally:
        opened.driver.close()


def _opened() -> Bulk:
    url, dialect = db.engine.url, db.engine.dialect
    if dialect.name == "sqlite":
        driver = sqlite_driver.connect(url.database)
        for pragma in HASTY:
            driver.execute(f"PRAGMA {pragma}").fetchall()
        return SQLiteBulk(driver, dialect)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    driver = psycopg.connect(address)
    driver.execute("SET session_replication_role = replica")
    driver.execute("SET maintenance_work_mem = '512MB'")
    return PostgreSQLBulk(driver, dialect)
