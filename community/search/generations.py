"""Where an index of files lies: each build in a directory of its own, and a file that names it.

    DATA_DIR/search/current           "fts5-k3f9x2ab"
    DATA_DIR/search/fts5-k3f9x2ab/    the index, and the format it was written in

A rebuild fills a fresh directory while the old one answers, then swaps the name. Only the worker,
or `flask search reindex` in its place, writes; a file lock keeps the two apart.
"""

# pysqlite3 has no annotations: it takes its names from C.
# pyright: reportAttributeAccessIssue=false

import fcntl
import os
import shutil
import struct
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from types import MappingProxyType
from typing import TextIO

import pysqlite3.dbapi2 as sqlite3

from community.identifiers import new_public_id
from community.search.documents import Document
from community.search.engine import FORMAT, Engine
from community.search.places import BeingWritten, Place, Unreadable


class Engines(Mapping[str, type[Engine]]):
    """By name, imported when wanted: who reads the one index need not hold the other's engine."""

    places = MappingProxyType(
        {
            "whoosh": "community.search.whoosh_engine:WhooshEngine",
            "fts5": "community.search.fts5_engine:FTS5Engine",
        }
    )

    def __getitem__(self, name: str) -> type[Engine]:
        return resolve_name(self.places[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


ENGINES = Engines()
WHOOSH_UP_TO = 20_000

_opened: dict[Path, tuple[tuple, Engine]] = {}
_opening = threading.Lock()


class Folder(Place):
    """Indexes in a folder of this machine."""

    torn = (OSError, EOFError, LookupError, ValueError, struct.error, sqlite3.Error)
    engines = ENGINES

    def __init__(self, root: Path) -> None:
        self.root = root

    def engine_for(self, count: int) -> type[Engine]:
        return ENGINES["whoosh" if count <= WHOOSH_UP_TO else "fts5"]

    def is_there(self) -> bool:
        return (self.root / "current").exists()

    def is_outgrown(self) -> bool:
        engine = self.current()
        size = engine.size()
        return size > WHOOSH_UP_TO and not isinstance(engine, self.engine_for(size))

    def current(self) -> Engine:
        """Opened once per process, and again after a rebuild."""
        named = self.root / "current"
        with _opening:
            try:
                stat = named.stat()
                seen = (stat.st_ino, stat.st_mtime_ns)
                if self.root not in _opened or _opened[self.root][0] != seen:
                    _opened[self.root] = (seen, _open(self.root / named.read_text()))
            except OSError as absent:
                raise Unreadable(str(absent)) from absent
            return _opened[self.root][1]

    def rebuild(self, kind: type[Engine], documents: Iterable[Document]) -> Engine:
        with self.writing():
            fresh = self.root / f"{kind.name}-{new_public_id()}"
            kind.create(fresh, documents).close()
            (fresh / "format").write_text(str(FORMAT))
            _name(self.root, fresh)
            _clear(self.root, keep=fresh)
        return self.current()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time; the lock goes with the process that holds it."""
        with self._lock() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def writing_now(self) -> Iterator[None]:
        with self._lock() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                raise BeingWritten from held
            yield

    def doubt(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "doubt").touch()

    def is_doubted(self) -> bool:
        return (self.root / "doubt").exists() or not self.is_there()

    def trust(self) -> None:
        (self.root / "doubt").unlink(missing_ok=True)

    def _lock(self) -> TextIO:
        self.root.mkdir(parents=True, exist_ok=True)
        return (self.root / "lock").open("w")


def forget() -> None:
    """Open indexes anew when they are next needed."""
    with _opening:
        _opened.clear()


def _open(directory: Path) -> Engine:
    """Open an index. A torn file can fail in any way, so every failure means the same."""
    try:
        if int((directory / "format").read_text()) != FORMAT:
            raise Unreadable(f"{directory.name} has another format")
        return ENGINES[directory.name.partition("-")[0]](directory)
    except Exception as torn:
        raise Unreadable(repr(torn)) from torn


def _name(root: Path, fresh: Path) -> None:
    draft = root / "current.new"
    with draft.open("w") as file:
        file.write(fresh.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / "current")


def _clear(root: Path, *, keep: Path) -> None:
    """Remove other builds; those who read them still have them open."""
    for directory in root.iterdir():
        if directory.is_dir() and directory != keep:
            shutil.rmtree(directory, ignore_errors=True)
