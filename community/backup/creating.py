"""Making a backup while everything goes on.

The database's moment comes first, then the files that its rows name: files are written before
their row, so each is there, unless it was thrown away since.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url, select

from community import clock
from community.attachments.files import path_of
from community.attachments.models import Attachment
from community.backup import postgresql_rows, schema, sqlite_copies
from community.backup.locking import alone
from community.backup.manifest import (
    DATABASE,
    SECRET,
    Manifest,
    Rows,
    Unsound,
    attachment,
    parse,
    rows_of,
)
from community.backup.packing import Pack, blocks_of, sync_folder
from community.backup.progress import Progress
from community.config import settings
from community.database import db, session

NO_SCHEMA = "the database has no schema of ours yet: run `flask db upgrade`"


@dataclass(frozen=True)
class Moment:
    """What the database was when the backup was made, and the files it named with their sizes."""

    taken_at: datetime
    revision: str
    tables: dict[str, Rows]
    sequences: dict[str, int]
    named: dict[str, int]


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    manifest: Manifest
    lost: tuple[str, ...]


def create(target: Path, *, with_secret: bool = True, progress: Progress) -> Made:
    """Write the backup to `target`, which is not there before and whole when it is there."""
    backups().mkdir(mode=0o700, exist_ok=True)  # nobody else on the machine reads it
    with alone(), _draft(target) as (folder, draft), draft.open("wb") as file:
        pack = Pack(file)
        moment = _take_database(pack, folder, progress)
        missing = _take_files(pack, moment.named, progress)
        if with_secret:
            pack.add(SECRET, [settings().secret_key.encode()])
        manifest = parse(_manifest(pack, moment, missing).to_json())
        pack.close(manifest)
        size = file.tell()
        draft.rename(target)
        sync_folder(target.parent)
    return Made(target, size, manifest, tuple(name for name in missing if _is_still_named(name)))


def backups() -> Path:
    """Where backups are kept if nothing else is said."""
    return settings().data_dir / "backups"


def sqlite_path() -> Path:
    path = make_url(settings().database_url).database
    if not path or path == ":memory:":
        raise Unsound("a database in memory cannot be backed up or restored")
    return Path(path)


@contextmanager
def _draft(target: Path) -> Iterator[tuple[Path, Path]]:
    """A folder beside the target, for what is not ready; what a killed backup left goes first."""
    if target.exists():
        raise Unsound(f"{target} is there already")
    folder = target.parent / f".{target.name}.part"
    for left in backups().glob(".*.part") if target.parent == backups() else (folder,):
        shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        draft = folder / target.name
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield folder, draft
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_database(pack: Pack, folder: Path, progress: Progress) -> Moment:
    if settings().uses_sqlite:
        return _take_copy(pack, folder / DATABASE, progress)
    return _take_rows(pack, progress)


def _take_copy(pack: Pack, copy: Path, progress: Progress) -> Moment:
    if sqlite_copies.is_empty(sqlite_path()):
        raise Unsound(NO_SCHEMA)
    taken_at = clock.now()
    sqlite_copies.copy(sqlite_path(), copy, progress)
    revision, tables, named = sqlite_copies.describe(copy)
    strange = sqlite_copies.strange_in(copy, _known(revision))
    if strange:
        raise Unsound(*strange, "so the backup could not be restored")
    with copy.open("rb") as file:
        pack.add(DATABASE, blocks_of(file))
    copy.unlink()
    return Moment(taken_at, _known(revision), tables, {}, named)


def _take_rows(pack: Pack, progress: Progress) -> Moment:
    tables: dict[str, Rows] = {}
    with postgresql_rows.snapshot(db.engine) as connection:
        taken_at = clock.now()
        revision = _known(schema.revision_of(connection))
        names = postgresql_rows.tables(connection)
        for done, name in enumerate(names, start=1):
            tables[name] = postgresql_rows.describe(connection, name)
            pack.add(rows_of(name), postgresql_rows.rows(connection, name, tables[name].columns))
            progress("database, tables", done, len(names))
        return Moment(
            taken_at,
            revision,
            tables,
            postgresql_rows.sequences(connection),
            postgresql_rows.attachments(connection),
        )


def _known(revision: str | None) -> str:
    if revision is None:
        raise Unsound(NO_SCHEMA)
    schema.check_known(revision)
    return revision


def _take_files(pack: Pack, named: dict[str, int], progress: Progress) -> tuple[str, ...]:
    """The names of those that are not there as they were written."""
    missing, done, whole = [], 0, sum(named.values())
    for digest, size in named.items():
        if not pack.add_sound(attachment(digest), path_of(digest), digest):
            missing.append(attachment(digest))
        done += size
        progress("files, bytes", done, whole)
    return tuple(missing)


def _is_still_named(name: str) -> bool:
    """A file whose row went too was thrown away since; another one is lost."""
    digest = name.rpartition("/")[2]
    found = session.scalar(select(Attachment.id).where(Attachment.digest == digest).limit(1))
    session.rollback()
    return found is not None


def _manifest(pack: Pack, moment: Moment, missing: tuple[str, ...]) -> Manifest:
    return Manifest(
        database="sqlite" if settings().uses_sqlite else "postgresql",
        revision=moment.revision,
        created_at=moment.taken_at,
        tables=moment.tables,
        sequences=moment.sequences,
        files=dict(pack.files),
        missing=missing,
    )
