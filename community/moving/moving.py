"""Moving the community from SQLite to an empty PostgreSQL database, all of it or nothing.

One transaction makes the schema, takes the rows, puts the foreign keys back and compares each row
with the one it came from. Killed at any moment it leaves the target empty and the source as it was.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Integer, Table, create_engine, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from community.backup import postgresql_rows, schema
from community.config import postgresql_url, settings
from community.database import Base, db, exclusively
from community.moving.rows import Differs, Row, compare, rows
from community.occupied import kept_free
from community.postgresql import pool_options


class CannotMove(Exception):
    """Why it was not done; nothing was changed."""


@dataclass(frozen=True)
class Moved:
    table: str
    rows: int
    digest: str


Progress = Callable[[str], None]


def move(url: str, *, progress: Progress = lambda table: None) -> list[Moved]:
    """Carry every row over and say what came; raise `CannotMove`."""
    if not settings().uses_sqlite:
        raise CannotMove("the community is in PostgreSQL already: DATABASE_URL says so")
    target = _engine(url)
    try:
        with _out_of_use(), _one_moment() as source, postgresql_rows.filling(target) as filled:
            _check_empty(filled)
            return _carry(source, filled, progress)
    except Differs as differs:
        raise CannotMove(f"{differs}; nothing was kept") from differs
    except (SQLAlchemyError, psycopg.Error) as refused:
        said = str(getattr(refused, "orig", None) or refused).splitlines()[0]
        raise CannotMove(f"{said}; nothing was kept") from refused
    finally:
        target.dispose()


def _engine(url: str) -> Engine:
    address = postgresql_url(url)
    if address is None:
        raise CannotMove("the target is written as postgresql://user:password@host/name")
    return create_engine(address, **pool_options(settings()))


@contextmanager
def _out_of_use() -> Iterator[None]:
    """Neither a worker nor anybody who writes; refused while the community is being served."""
    folder = settings().data_dir
    with kept_free(folder) as is_free, (folder / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            is_free = False
        if not is_free:
            raise CannotMove("the community is being served: stop it first")
        with exclusively():
            yield


@contextmanager
def _one_moment() -> Iterator[Connection]:
    """The database as it is now, of this version's schema."""
    with db.engine.connect() as connection, connection.begin():
        present = schema.revision_of(connection)
        if present != schema.newest():
            raise CannotMove(f"the schema is at {present}: run `flask db upgrade` first")
        yield connection


def _check_empty(target: Connection) -> None:
    if inspect(target).get_table_names():
        raise CannotMove("the target has tables: a community is moved into an empty database")


def _carry(source: Connection, target: Connection, progress: Progress) -> list[Moved]:
    schema.build(target, schema.newest())
    tables = Base.metadata.sorted_tables
    with postgresql_rows.unguarded(target, [table.name for table in tables]):
        for table in tables:
            progress(table.name)
            _copy(rows(source, table), target, table)
            _go_on_counting(target, table)
    moved = []
    for table in tables:
        progress(table.name)
        moved.append(Moved(table.name, *compare(rows(source, table), rows(target, table), table)))
    target.exec_driver_sql("ANALYZE")
    return moved


def _copy(source: Iterator[Row], target: Connection, table: Table) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    driver: Any = target.connection.driver_connection
    into = f'COPY "{table.name}" ({names}) FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in source:
                copy.write_row(row)
    except psycopg.DataError as refused:
        raise CannotMove(f"{table.name}: {refused}; nothing was kept") from refused


def _go_on_counting(target: Connection, table: Table) -> None:
    """The next row gets the number after the last."""
    column = table.autoincrement_column
    if column is None or not isinstance(column.type, Integer):
        return
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
    last = target.scalar(select(func.max(column)))
    if last is not None and target.scalar(select(sequence)):
        target.execute(select(func.setval(sequence, last)))
