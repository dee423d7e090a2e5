"""`flask doctor`: what is wrong with this installation, and what to do about it.

Nothing is changed by asking; `--mend` sets right what can be made anew from what is kept elsewhere.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterable
from datetime import timedelta

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask.cli import with_appcontext
from sqlalchemy import func, select

from community import audit, clock, health
from community.config import ROOT, settings
from community.counters import mend_counts, wrong_counts
from community.database import db, session
from community.diagnoses import diagnosis, examine, mends, remarks
from community.jobs import Job
from community.sqlite import is_safe_sqlite, sqlite_driver

MOST_NAMED = 20
LOW_DISK = 512 * 1024 * 1024


@click.command("doctor")
@click.option("--mend", is_flag=True, help="Set right what can be made anew, then ask again.")
@with_appcontext
def doctor(mend: bool) -> None:
    """Say what is wrong with this installation. Ends with 1 if anything is."""
    found = examine()
    _say(found)
    to_mend = [name for name in found if found[name] and name in mends] if mend else []
    for name in to_mend:
        click.echo(f"mending  {name}")
        mends[name]()
    if to_mend:
        found = examine()
        _say(found)
    for tell in remarks:
        click.echo(f"       {tell()}")
    sys.exit(1 if any(found.values()) else 0)


def _say(found: dict[str, list[str]]) -> None:
    for name, faults in found.items():
        click.echo(f"{'well ' if not faults else 'WRONG'}  {name}")
        for fault in faults[:MOST_NAMED]:
            click.echo(f"         {fault}")
        if len(faults) > MOST_NAMED:
            click.echo(f"         and {len(faults) - MOST_NAMED} more")


@diagnosis("SQLite keeps what it acknowledged")
def sqlite_is_safe() -> Iterable[str]:
    if not settings().uses_sqlite:
        return
    if not is_safe_sqlite(sqlite_driver.sqlite_version_info):
        yield f"SQLite {sqlite_driver.sqlite_version} can lose writes; install pysqlite3 0.6.1"
    connection = session.connection()
    if connection.exec_driver_sql("PRAGMA synchronous").scalar() != 2:
        yield "synchronous is not FULL: a power cut can lose acknowledged writes"
    if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
        yield "the journal is not a write-ahead log: is the folder on a network disk?"
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check(5)"):
        if line != "ok":
            yield f"the database file is damaged: {line}"
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        yield "rows point to rows that are not there (PRAGMA foreign_key_check)"


@diagnosis("PostgreSQL keeps what it acknowledged")
def postgresql_is_safe() -> Iterable[str]:
    if settings().uses_sqlite:
        return
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if session.scalar(select(func.current_setting(name))) == "off":
            yield f"{name} is off: a power cut can lose acknowledged writes, or everything"


@diagnosis("the schema is that of this version")
def schema_is_current() -> Iterable[str]:
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if present != wanted:
        yield f"the schema is at {present}, not at {wanted}: run `flask db upgrade`"


@diagnosis("the process and the worker keep up")
def everything_answers() -> Iterable[str]:
    for name, is_well in health.state().items():
        if not is_well:
            yield f"{name} is not well"


@diagnosis("no job was given up")
def no_dead_jobs() -> Iterable[str]:
    dead = select(Job.kind, func.count(), func.max(Job.error)).where(Job.dead_at.is_not(None))
    for kind, count, error in session.execute(dead.group_by(Job.kind)):
        yield f"{count} × {kind}: {(error or '').strip().splitlines()[-1:]}"
    overdue = clock.now() - timedelta(minutes=10)
    waiting = session.scalar(
        select(func.count()).where(Job.dead_at.is_(None), Job.run_at < overdue)
    )
    if waiting:
        yield f"{waiting} jobs wait for more than ten minutes: is the worker running?"


@diagnosis("the audit log is whole")
def audit_is_whole() -> Iterable[str]:
    broken = audit.first_broken_entry()
    if broken:
        yield f"entry {broken.public_id} of {broken.at:%Y-%m-%d %H:%M} does not fit the chain"


@diagnosis("what is counted is counted right", mended_by=mend_counts)
def counts_are_right() -> Iterable[str]:
    yield from map(str, wrong_counts())


@diagnosis("secrets are kept")
def secrets_are_kept() -> Iterable[str]:
    path = settings().data_dir / "secret_key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield f"others can read {path.name}: chmod 600"
    if settings().data_dir.stat().st_mode & stat.S_IWOTH:
        yield "everybody can write the data folder; the search index in it is trusted"


@diagnosis("there is room on the disk")
def disk_has_room() -> Iterable[str]:
    folder = settings().data_dir
    free = shutil.disk_usage(folder).free
    if free < LOW_DISK:
        yield f"only {free // 1024 // 1024} MB are free"
    if not os.access(folder, os.W_OK):
        yield "the data folder cannot be written"


COMMANDS = [doctor]
