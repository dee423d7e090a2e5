"""Reading a backup from end to end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from community.backup import schema, sqlite_copies
from community.backup.manifest import DATABASE, Manifest, Unsound, rows_of
from community.backup.progress import Progress
from community.backup.reading import Archive, opened


def verify(path: Path, *, progress: Progress) -> Manifest:
    """Raise `Unsound` with a sentence for each thing that is off."""
    with opened(path) as archive:
        schema.check_known(archive.manifest.revision)
        faults = list(_faults(archive, progress))
        if faults:
            raise Unsound(*faults)
        return archive.manifest


def database_member_faults(manifest: Manifest) -> Iterator[str]:
    """A backup has the database of its kind, and none of the other."""
    wanted = (
        {DATABASE}
        if manifest.database == "sqlite"
        else {rows_of(table) for table in manifest.tables}
    )
    present = {name for name in manifest.files if name == DATABASE or name.startswith("rows/")}
    for name in sorted(wanted ^ present):
        yield f"{name}: is missing" if name in wanted else f"{name}: does not belong there"
    for name, file in manifest.attachments.items():
        if not name.endswith(file.sha256):
            yield f"{name}: its name is not its sha256"


def _faults(archive: Archive, progress: Progress) -> Iterator[str]:
    manifest = archive.manifest
    yield from database_member_faults(manifest)
    whole, done = sum(file.size for file in manifest.files.values()), 0
    for name, file in manifest.files.items():
        try:
            if name == DATABASE:
                yield from _faults_of_copy(archive)
            else:
                yield from _faults_of_member(archive, name)
        except Unsound as unsound:
            yield from unsound.faults
        done += file.size
        progress("bytes", done, whole)


def _faults_of_copy(archive: Archive) -> Iterator[str]:
    with _room(archive.manifest.files[DATABASE].size) as folder:
        archive.extract(DATABASE, folder / DATABASE)
        yield from sqlite_copies.faults_of(folder / DATABASE, archive.manifest)


def _faults_of_member(archive: Archive, name: str) -> Iterator[str]:
    rows = sum(block.count(b"\n") for block in archive.blocks(name))
    table = name.removeprefix("rows/").removesuffix(".copy")
    if name.startswith("rows/") and table in archive.manifest.tables:
        told = archive.manifest.tables[table].count
        if rows != told:
            yield f"{name}: has {rows} rows, the manifest says {told}"


@contextmanager
def _room(size: int) -> Iterator[Path]:
    """A folder that is gone afterwards, with room for so many bytes."""
    with tempfile.TemporaryDirectory(prefix="guildhall-backup-") as folder:
        if shutil.disk_usage(folder).free < size:
            raise Unsound(f"{folder} has no room for the database: set TMPDIR to where there is")
        yield Path(folder)
