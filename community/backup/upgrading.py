"""The schema brought up to date, with a backup first where there is something to lose.

Migrations run in transactions, on SQLite too: killed at any point and begun again, it works.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import inspect

from community import clock
from community.backup import restoring, schema
from community.backup.creating import Made, backups, create
from community.backup.manifest import Unsound
from community.backup.postgresql_rows import LOCK
from community.backup.progress import OnTerminal
from community.backup.records import note
from community.config import settings
from community.database import db

NAME = re.compile(r"before-(?P<to>\w+)-from-(?P<of>\w+)-(?P<at>\d{8}T\d+)\.tar")


def bring_up_to_date() -> None:
    """Back up and upgrade if the schema is an older one; raise `Unsound` if that cannot be."""
    if restoring.is_unfinished():
        raise Unsound(
            "A restoring was interrupted here, and what it left is not a community: "
            f"run `flask backup restore` again, or remove {restoring.staging()}."
        )
    restoring.finish()
    with _one_upgrade():
        with db.engine.connect() as connection:
            present = schema.revision_of(connection)
            begun = bool(inspect(connection).get_table_names())
        wanted = schema.newest()
        if begun and present and present != wanted and settings().backups_kept:
            back_up(present, wanted)
        schema.upgrade()


def back_up(present: str, wanted: str) -> Made:
    at = clock.now()
    click.echo(f"The schema changes from {present} to {wanted}: making a backup first.", err=True)
    name = f"before-{wanted}-from-{present}-{at:%Y%m%dT%H%M%S%f}.tar"
    try:
        made = create(backups() / name, progress=OnTerminal())
    except (Unsound, OSError) as error:
        raise Unsound(
            f"No backup could be made before the upgrade, so nothing was changed: {error}. "
            "(BACKUPS_KEPT=0 upgrades without one.)"
        ) from error
    note(made)
    click.echo(f"Backed up to {made.path}.", err=True)
    _forget_older()
    return made


def _forget_older() -> None:
    """Keep the last few, one for each upgrade: one that is tried again and again pushes none out.

    Backups that somebody asked for are never removed.
    """
    newest_first = sorted(_kept(), key=lambda path: _parts(path)["at"], reverse=True)
    seen: set[tuple[str, str]] = set()
    for path in newest_first:
        upgrade_of = _parts(path)["of"], _parts(path)["to"]
        if upgrade_of in seen or len(seen) >= settings().backups_kept:
            path.unlink()
        seen.add(upgrade_of)


def _kept() -> list[Path]:
    return [path for path in backups().iterdir() if NAME.fullmatch(path.name)]


def _parts(path: Path) -> dict[str, str]:
    found = NAME.fullmatch(path.name)
    assert found
    return found.groupdict()


@contextmanager
def _one_upgrade() -> Iterator[None]:
    """Of several machines that start at once, one upgrades; SQLite's own lock does it there."""
    if settings().uses_sqlite:
        yield
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout TO 0")  # another one may take its time
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK})")
            connection.exec_driver_sql("RESET statement_timeout")
