"""Restoring into an empty place: all of it or nothing, whenever it is killed.

What is unpacked waits in `DATA_DIR/restoring`. The files are moved into place first, the database
last: with PostgreSQL its commit, with SQLite the renaming of the file is the moment from which the
place is restored. Until then it has no tables, and the folder says why it has files.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from community import occupied
from community.backup import locking, postgresql_rows, schema, sqlite_copies
from community.backup.creating import sqlite_path
from community.backup.locking import alone
from community.backup.manifest import DATABASE, SECRET, Manifest, Unsound
from community.backup.packing import blocks_of, sync_folder
from community.backup.progress import Progress
from community.backup.reading import Archive, opened
from community.backup.verifying import database_member_faults
from community.config import settings
from community.database import db, exclusively, session
from community.duty import is_anybody_on_duty
from community.occupied import kept_free

# What an installation has before anything was kept in it, and backups themselves.
LOCKS = {"write.lock", "worker.lock", occupied.NAME, locking.NAME}
HARMLESS = LOCKS | {"secret_key", "backups", "lost+found"}
# Pages that were kept, and the search index: both are made anew.
CACHES = ("kept-*", "search")


def restore(path: Path, *, progress: Progress) -> Manifest:
    """Put everything back; raise `Unsound` and leave the place empty if anything is off."""
    with alone(), _nobody_served(), opened(path) as archive:
        _check_fits(archive.manifest)
        _check_empty()
        _check_room(archive)
        _clear_caches()
        staging().mkdir(mode=0o750)
        try:
            _unpack(archive, progress)
            _fill_database(archive)
        except BaseException:
            with suppress(DBAPIError):  # the database is gone: the next start says what to do
                clear_unfinished()
            raise
        _remove_staging()
    if archive.manifest.revision != schema.newest():
        schema.upgrade()
    return archive.manifest


def staging() -> Path:
    return settings().data_dir / "restoring"


def is_unfinished() -> bool:
    """A restoring was killed before the database was in place."""
    return staging().exists() and not has_tables()


def finish() -> None:
    """Tidy up after a restoring that was killed when all was in place."""
    if staging().exists() and not is_unfinished():
        _remove_staging()


def clear_unfinished() -> None:
    """Make the place empty again; what it holds came from the backup."""
    if not is_unfinished():
        return
    shutil.rmtree(settings().data_dir / "attachments", ignore_errors=True)
    _remove_staging()


def _check_fits(manifest: Manifest) -> None:
    kind = "sqlite" if settings().uses_sqlite else "postgresql"
    if manifest.database != kind:
        raise Unsound(f"the backup is of {manifest.database}, and DATABASE_URL names {kind}")
    schema.check_known(manifest.revision)
    faults = list(database_member_faults(manifest))
    if faults:
        raise Unsound(*faults)


@contextmanager
def _nobody_served() -> Iterator[None]:
    """Who reads would go on being given pages of what was here before, and rows of both."""
    with kept_free(settings().data_dir) as is_free:
        if not is_free or is_anybody_on_duty():
            raise Unsound("Guildhall is at work here: stop it on every machine before restoring")
        yield


def _check_empty() -> None:
    clear_unfinished()
    if has_tables():
        raise Unsound("the database has tables: a backup is restored into an empty one")
    allowed = {name for path in _database_files() for name in [path.name]}
    harmless = HARMLESS | allowed | {path.name for path in _caches()}
    for path in sorted(settings().data_dir.iterdir()):
        if path.name not in harmless:
            raise Unsound(f"{path} is in the way: a backup is restored into an empty DATA_DIR")


def _caches() -> Iterator[Path]:
    for pattern in CACHES:
        yield from settings().data_dir.glob(pattern)


def _clear_caches() -> None:
    """They were made of another database, whose versions may well be those of this one."""
    for path in list(_caches()):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _check_room(archive: Archive) -> None:
    needed = sum(file.size for file in archive.manifest.files.values())
    free = shutil.disk_usage(settings().data_dir).free
    if free < needed:
        raise Unsound(f"{settings().data_dir} has no room: {needed:,} bytes needed, {free:,} free")


def _unpack(archive: Archive, progress: Progress) -> None:
    """All members but tables' rows, each checked as it is read and once more from the disk."""
    files = {name: file for name, file in archive.manifest.files.items() if name[:5] != "rows/"}
    whole, done = sum(file.size for file in files.values()), 0
    for name, file in files.items():
        path = _staged(name)
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        archive.extract(name, path, mode=0o600 if name == SECRET else 0o640)
        if _sha256(path) != file.sha256:
            raise Unsound(f"{name}: the disk gave back something else")
        done += file.size
        progress("bytes", done, whole)


def _fill_database(archive: Archive) -> None:
    if settings().uses_sqlite:
        return _place_copy(archive.manifest)
    try:
        with postgresql_rows.filling(db.engine) as connection:
            if postgresql_rows.tables(connection):
                raise Unsound("the database has tables by now")
            postgresql_rows.fill(connection, archive.manifest, archive)
            _place_files()
    except (DBAPIError, psycopg.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise Unsound(f"PostgreSQL refuses the rows: {str(said).splitlines()[0]}") from error


def _place_copy(manifest: Manifest) -> None:
    faults = list(sqlite_copies.faults_of(_staged_database(), manifest))
    if faults:
        raise Unsound(*faults)
    _place_files()
    session.remove()
    db.engine.dispose()
    with exclusively():
        if has_tables():
            raise Unsound("the database has tables by now")
        for empty in _database_files()[1:]:  # a log of the empty one would be read into ours
            empty.unlink(missing_ok=True)
        _staged_database().rename(sqlite_path())
        sync_folder(sqlite_path().parent)


def _place_files() -> None:
    data_dir = settings().data_dir
    if _staged("attachments").exists():
        _staged("attachments").rename(data_dir / "attachments")
    if _staged(SECRET).exists() and not os.environ.get("SECRET_KEY"):
        _staged(SECRET).rename(data_dir / SECRET)
    sync_folder(data_dir)


def _remove_staging() -> None:
    if settings().uses_sqlite:
        _staged_database().unlink(missing_ok=True)
    shutil.rmtree(staging())


def has_tables() -> bool:
    if settings().uses_sqlite:
        return not sqlite_copies.is_empty(sqlite_path())
    return bool(inspect(db.engine).get_table_names())


def _staged(name: str) -> Path:
    return _staged_database() if name == DATABASE else staging() / name


def _staged_database() -> Path:
    """Beside its place, which need not be on the file system of DATA_DIR."""
    return sqlite_path().with_name(f"{sqlite_path().name}.restoring")


def _database_files() -> list[Path]:
    if not settings().uses_sqlite:
        return []
    return [sqlite_path().with_name(sqlite_path().name + end) for end in ("", "-wal", "-shm")]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in blocks_of(file):
            digest.update(block)
    return digest.hexdigest()
