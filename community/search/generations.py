"""Where the index lies: each build in a directory of its own, and a file that names the current.

    DATA_DIR/search/current           "fts5-k3f9x2ab"
    DATA_DIR/search/fts5-k3f9x2ab/    the index, and the format it was written in

A rebuild fills a fresh directory while the old one answers, then swaps the name. Only the worker,
or `flask search reindex` in its place, writes; a file lock keeps the two apart.
"""

# pysqlite3 has no annotations: it takes its names from C.
# pyright: reportAttributeAccessIssue=false

import fcntl
import logging
import os
import shutil
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite3

from community.identifiers import new_public_id
from community.search.documents import Document
from community.search.engine import FORMAT, Engine, Scope
from community.search.fts5_engine import FTS5Engine
from community.search.grammar import Query
from community.search.planning import Plan
from community.search.whoosh_engine import WhooshEngine

ENGINES: dict[str, type[Engine]] = {kind.name: kind for kind in (WhooshEngine, FTS5Engine)}
WHOOSH_UP_TO = 20_000

# What reading a torn file ends in.
TORN = (OSError, EOFError, LookupError, ValueError, struct.error, sqlite3.Error)

log = logging.getLogger(__name__)
_opened: dict[Path, tuple[tuple, Engine]] = {}
_opening = threading.Lock()


class Unreadable(Exception):
    """There is no index, it is torn, or an older version wrote it: it must be rebuilt."""


class BeingWritten(Exception):
    """Another process is writing or rebuilding the index."""


def engine_for(count: int) -> type[Engine]:
    """The engine that is comfortable with so many documents."""
    return WhooshEngine if count <= WHOOSH_UP_TO else FTS5Engine


def current(root: Path) -> Engine:
    """The index in use, opened once per process and again after a rebuild."""
    named = root / "current"
    with _opening:
        try:
            stat = named.stat()
            seen = (stat.st_ino, stat.st_mtime_ns)
            if root not in _opened or _opened[root][0] != seen:
                _opened[root] = (seen, _open(root / named.read_text()))
        except OSError as absent:
            raise Unreadable(str(absent)) from absent
        return _opened[root][1]


@contextmanager
def reading(root: Path) -> Iterator[Engine]:
    """The current index for a question. Files that turn out torn are reported to the worker."""
    try:
        yield current(root)
    except TORN as torn:
        log.exception("the search index could not be read")
        doubt(root)
        raise Unreadable(repr(torn)) from torn
    except Unreadable:
        doubt(root)
        raise


def forget() -> None:
    """Open indexes anew when they are next needed."""
    with _opening:
        _opened.clear()


def check(root: Path) -> Engine:
    """The current index, once it has shown that it can be read from end to end."""
    engine = current(root)
    try:
        engine.verify()
        engine.find(Plan(Query(""), ()), Scope(audiences=frozenset()), limit=1)
    except Exception as torn:
        raise Unreadable(repr(torn)) from torn
    return engine


def rebuild(root: Path, kind: type[Engine], documents: Iterable[Document]) -> Engine:
    """A new index of these documents in place of the current one, which answers until the end."""
    root.mkdir(parents=True, exist_ok=True)
    with writing(root):
        fresh = root / f"{kind.name}-{new_public_id()}"
        kind.create(fresh, documents).close()
        (fresh / "format").write_text(str(FORMAT))
        _name(root, fresh)
        _clear(root, keep=fresh)
    return current(root)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """One writer at a time, across processes; the lock goes with the process that holds it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def writing_now(root: Path) -> Iterator[None]:
    """The same without waiting for another writer: raise `BeingWritten`."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise BeingWritten from held
        yield


def doubt(root: Path) -> None:
    """Ask the worker to look at the index: a reader, which writes no rows, could not read it."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "doubt").touch()


def is_doubted(root: Path) -> bool:
    return (root / "doubt").exists() or not (root / "current").exists()


def trust(root: Path) -> None:
    (root / "doubt").unlink(missing_ok=True)


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
