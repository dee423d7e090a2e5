"""The database as one SQLite file: copied while others write, and looked through.

The copy is made by SQLite itself. Reading the file of a database that is in use would drop the
process's locks on it, and could find it half written.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from community.backup import schema
from community.backup.manifest import DATABASE, Manifest, Rows, attachment
from community.backup.progress import Progress
from community.sqlite import sqlite_driver

PAGES_AT_ONCE = 4096
WORST = 20


def copy(live: Path, target: Path, progress: Progress) -> None:
    """One moment of the database, in one file without a log.

    The transaction keeps that moment: without it the copy would begin again with every commit.
    """
    with closing(sqlite_driver.connect(str(live), timeout=10, isolation_level=None)) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(sqlite_driver.connect(str(target), isolation_level=None)) as made:
            made.execute("PRAGMA synchronous=OFF")  # synced as a part of the archive
            source.backup(made, pages=PAGES_AT_ONCE, progress=_telling(progress))
            made.execute("PRAGMA journal_mode=DELETE")
        source.execute("ROLLBACK")


def describe(path: Path) -> tuple[str | None, dict[str, Rows], dict[str, int]]:
    """Revision, tables, and the attached files' digests with their sizes, of a copy."""
    with closing(_open(path)) as connection:
        revision = _revision(connection)
        if revision is None:
            return None, {}, {}
        tables = {name: _rows(connection, name) for name in _tables(connection)}
        return revision, tables, dict(_attachments(connection))


def strange_in(path: Path, revision: str) -> list[str]:
    """What the copy would be refused for when it is restored."""
    with closing(_open(path)) as connection:
        return list(_strange(connection, revision))


def faults_of(path: Path, manifest: Manifest) -> Iterator[str]:
    """What is wrong with a copy that says of itself what the manifest says."""
    try:
        with closing(_open(path)) as connection:
            yield from _faults(connection, manifest)
    except sqlite_driver.Error as error:
        yield f"{DATABASE}: cannot be read: {error}"


def is_empty(path: Path) -> bool:
    """Whether there is no database, or one without tables."""
    if not path.exists() or not path.stat().st_size:
        return True
    with closing(_read_only(path)) as connection:
        return not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


def _faults(connection: Any, manifest: Manifest) -> Iterator[str]:
    damage = [line for (line,) in connection.execute(f"PRAGMA integrity_check({WORST})")]
    if damage != ["ok"]:
        yield from (f"{DATABASE}: {line}" for line in damage)
        return
    if _revision(connection) != manifest.revision:
        yield f"{DATABASE}: its revision is {_revision(connection)}, not {manifest.revision}"
    yield from _strange(connection, manifest.revision)
    present = set(_tables(connection))
    for name in sorted(present ^ manifest.tables.keys()):
        where = "the database" if name not in present else "the manifest"
        yield f"{DATABASE}: the table {name} is not in {where}"
    for name in sorted(present & manifest.tables.keys()):
        found, told = _rows(connection, name).count, manifest.tables[name].count
        if found != told:
            yield f"{DATABASE}: the table {name} has {found} rows, the manifest says {told}"
    for digest, _size in _attachments(connection):
        name = attachment(digest)
        if name not in manifest.files and name not in manifest.missing:
            yield f"{name}: a row names it, the manifest does not"


def _strange(connection: Any, revision: str) -> Iterator[str]:
    """A trigger or a view of somebody else's making would be executed one day."""
    ours, found = schema.sqlite_objects(revision), schema.objects_in(connection)
    for kind, name, _sql in sorted(found - ours):
        if kind != "table":
            yield f"{DATABASE}: the {kind} {name!r:.80} is not Guildhall's"
    for kind, name, _sql in sorted(ours - found):
        yield f"{DATABASE}: the {kind} {name} is missing"


def _open(path: Path) -> Any:
    """A copy that nobody else has open; nothing that stands in it is executed."""
    connection = _read_only(path, "&immutable=1")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def _read_only(path: Path, options: str = "") -> Any:
    return sqlite_driver.connect(f"{path.resolve().as_uri()}?mode=ro{options}", uri=True)


def _tables(connection: Any) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' AND name <> ? ORDER BY name",
        [schema.VERSIONS],
    )
    return [name for (name,) in rows]


def _rows(connection: Any, table: str) -> Rows:
    quoted = '"' + table.replace('"', '""') + '"'
    columns = connection.execute("SELECT name FROM pragma_table_info(?)", [table])
    [count] = connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()
    return Rows(count, tuple(name for (name,) in columns))


def _revision(connection: Any) -> str | None:
    try:
        row = connection.execute(f"SELECT version_num FROM {schema.VERSIONS}").fetchone()
    except sqlite_driver.OperationalError:  # no migration has run there
        return None
    return row[0] if row else None


def _attachments(connection: Any) -> Iterator[tuple[str, int]]:
    yield from connection.execute(
        "SELECT digest, max(size) FROM attachment GROUP BY digest ORDER BY digest"
    )


def _telling(progress: Progress) -> Callable[[int, int, int], None]:
    def tell(_status: int, left: int, pages: int) -> None:
        progress("database, pages", pages - left, pages)

    return tell
