"""The rows of PostgreSQL's tables, as `COPY` writes and reads them.

A dump by `pg_dump` is a program that `pg_restore` executes, and wants client programs no older
than the server. Rows are only rows: nothing in a backup is executed, and any server takes them.
Each table is written in the order of its key, so that equal tables are equal bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from community.backup import schema
from community.backup.manifest import Manifest, Rows, Unsound, attachment, rows_of
from community.postgresql import CACHES

# What rows look like, and that nobody ends a long transaction before its time.
SETTINGS = (
    "client_encoding TO 'UTF8'",
    "timezone TO 'UTC'",
    "datestyle TO 'ISO, YMD'",
    "intervalstyle TO 'postgres'",
    "bytea_output TO 'hex'",
    "extra_float_digits TO 1",
    "statement_timeout TO 0",
    "idle_in_transaction_session_timeout TO 0",
)
LOCK = 7_106_418

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
COLUMNS = """
SELECT attname, attcollation <> 0,
       coalesce((SELECT array_position(indkey::int[], attnum::int) FROM pg_index
                 WHERE indrelid = attrelid AND indisprimary), -1)
FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""
SEQUENCES = """
SELECT sequencename, last_value FROM pg_sequences
WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
"""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname
"""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One moment of the database, while others write."""
    asked = engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with asked as connection, connection.begin():
        _prepare(connection)
        yield connection


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """The one transaction in which an empty database is filled; others wait for its end."""
    with engine.connect() as connection, connection.begin():
        _prepare(connection)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        yield connection


def tables(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql(TABLES).scalars()
    return [name for name in found if name != schema.VERSIONS and not name.startswith(CACHES)]


def describe(connection: Connection, table: str) -> Rows:
    count = connection.exec_driver_sql(f"SELECT count(*) FROM {_quoted(table)}").scalar_one()
    columns = connection.exec_driver_sql(COLUMNS, (_quoted(table),))
    return Rows(count, tuple(name for name, _collated, _key in columns))


def sequences(connection: Connection) -> dict[str, int]:
    return {name: at for name, at, *_ in connection.exec_driver_sql(SEQUENCES)}


def attachments(connection: Connection) -> dict[str, int]:
    rows = connection.exec_driver_sql(
        "SELECT digest, max(size) FROM attachment GROUP BY digest ORDER BY digest"
    )
    return {digest: size for digest, size, *_ in rows}


def rows(connection: Connection, table: str, columns: Iterable[str]) -> Iterator[bytes]:
    asked = f"SELECT {_list(columns)} FROM {_quoted(table)} ORDER BY {_key(connection, table)}"
    with _cursor(connection) as cursor, cursor.copy(f"COPY ({asked}) TO STDOUT") as copied:
        for block in copied:
            yield bytes(block)


def fill(connection: Connection, manifest: Manifest, archive: Any) -> None:
    """Make the schema of the backup's revision and put the rows in, as they were."""
    schema.build(connection, manifest.revision)
    _check_tables(connection, manifest)
    with unguarded(connection, tables(connection)):
        for table, told in manifest.tables.items():
            into = f"COPY {_quoted(table)} ({_list(told.columns)}) FROM STDIN"
            with _cursor(connection) as cursor, cursor.copy(into) as copied:
                for block in archive.blocks(rows_of(table)):
                    copied.write(block)
        for name, value in manifest.sequences.items():
            connection.exec_driver_sql("SELECT setval(%s::regclass, %s)", (_quoted(name), value))
    _compare(connection, manifest)
    connection.exec_driver_sql("ANALYZE")


def _check_tables(connection: Connection, manifest: Manifest) -> None:
    """The manifest's tables, columns and sequences are those of its revision."""
    present, faults = tables(connection), []
    for name in sorted(set(present) ^ manifest.tables.keys()):
        where = "the schema" if name not in present else "the manifest"
        faults.append(f"{rows_of(name)}: the table is not in {where}")
    for name in sorted(present & manifest.tables.keys()):
        if set(describe(connection, name).columns) != set(manifest.tables[name].columns):
            faults.append(f"{rows_of(name)}: its columns are not those of the table")
    known = connection.exec_driver_sql(
        "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
    )
    faults += [
        f"the sequence {name} is not in the schema"
        for name in sorted(manifest.sequences.keys() - set(known.scalars()))
    ]
    if faults:
        raise Unsound(*faults)


@contextmanager
def unguarded(connection: Connection, names: list[str]) -> Iterator[None]:
    """Rows come in any order and as they are: foreign keys are put back, and checked, after."""
    keys = connection.exec_driver_sql(FOREIGN_KEYS).all()
    if names:
        listed = ", ".join(_quoted(name) for name in names)
        connection.exec_driver_sql(f"TRUNCATE {listed}")  # what migrations put in is in the rows
    for name in names:
        connection.exec_driver_sql(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
    for table, key, _definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {_quoted(key)}")
    yield
    for table, key, definition in keys:
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(key)} {definition}"
        )
    for name in names:
        connection.exec_driver_sql(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")


def _compare(connection: Connection, manifest: Manifest) -> None:
    """Read everything back: what the database holds is what the manifest says, byte for byte."""
    faults = []
    for table, told in manifest.tables.items():
        digest = hashlib.sha256()
        for block in rows(connection, table, told.columns):
            digest.update(block)
        if digest.hexdigest() != manifest.files[rows_of(table)].sha256:
            faults.append(f"{rows_of(table)}: the rows came out otherwise than they went in")
        if describe(connection, table).count != told.count:
            faults.append(f"{rows_of(table)}: the manifest says {told.count} rows")
    for digest in attachments(connection):
        name = attachment(digest)
        if name not in manifest.files and name not in manifest.missing:
            faults.append(f"{name}: a row names it, the manifest does not")
    if faults:
        raise Unsound(*faults)


def _prepare(connection: Connection) -> None:
    for setting in SETTINGS:
        connection.exec_driver_sql(f"SET LOCAL {setting}")


def _key(connection: Connection, table: str) -> str:
    """By the bytes of words, not by a language: servers differ in how they sort."""
    columns = connection.exec_driver_sql(COLUMNS, (_quoted(table),)).all()
    key = sorted((at, name, collated) for name, collated, at in columns if at >= 0)
    if not key:
        return f'{_quoted(table)}::text COLLATE "C"'
    return ", ".join(_quoted(name) + ' COLLATE "C"' * collated for _at, name, collated in key)


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
