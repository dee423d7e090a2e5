"""What is kept on this machine's disk: pages too many for memory, for all of its processes.

Pages are signed, for they are unpickled, and named after the code that made them. Whatever goes
wrong with the file, the worst is that a page is made once more.
"""

import hmac
import logging
import os
import pickle
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from community.config import ROOT, Settings
from community.keeping.answers import Kept
from community.sqlite import sqlite_driver

log = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024 * 1024  # as they are: to compress them costs more than all else
LOOK_AFTER_PUTS = 500
NAME_BYTES, SIGNATURE_BYTES = 16, 16
AWAY_SECONDS, LEFT = 60.0, 24 * 3600

SCHEMA = """
PRAGMA page_size=16384;
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS kept (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB UNIQUE NOT NULL, body BLOB NOT NULL
);
"""
GET = "SELECT body FROM kept WHERE name = ?"
PUT = "INSERT OR REPLACE INTO kept (name, body) VALUES (?, ?)"
IN_USE = "SELECT (p.page_count - f.freelist_count) * s.page_size FROM \
    pragma_page_count p, pragma_freelist_count f, pragma_page_size s"
GIVE_UP = "DELETE FROM kept WHERE number < (SELECT min(number) + (max(number) - min(number)) / 4 \
    FROM kept)"


class Cupboard:
    """Bounded by bytes; what was put in first is given up first."""

    def __init__(self, settings: Settings, *, most_bytes: int = MOST_BYTES) -> None:
        self.path = settings.data_dir / f"kept-{os.uname().nodename}.sqlite3"
        self.most_bytes = most_bytes
        whose = f"{settings.secret_key} {settings.database_url}"
        self.secret = blake2b(whose.encode()).digest()
        self.lock = threading.Lock()
        self.connection: Any = None
        self.process, self.file, self.puts, self.away_until = 0, 0, 0, 0.0

    def get(self, key: Hashable) -> Kept | None:
        name = self._name(key)
        row = self._run(GET, (name,))
        if not row or type(row[0]) is not bytes:  # what was torn can be of any kind
            return None
        signature, body = row[0][:SIGNATURE_BYTES], memoryview(row[0])[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(name, body)):
            return None
        found: Kept = pickle.loads(body)
        return found

    def put(self, key: Hashable, kept: Kept) -> None:
        body = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
        name = self._name(key)
        self._run(PUT, (name, self._sign(name, body) + body))
        self.puts += 1
        if self.puts % LOOK_AFTER_PUTS == 0:
            used = self._run(IN_USE, ())
            if used and used[0] > self.most_bytes:
                self._run(GIVE_UP, ())

    def drop(self, key: Hashable) -> None:
        self._run("DELETE FROM kept WHERE name = ?", (self._name(key),))

    def clear(self) -> None:
        """Leave nothing on the disk of what was ever put in here, nor on other machines that share
        the folder. Whoever has a file open notices; its log goes first, so that no new file is
        left without one.
        """
        found = self.path.parent.glob("kept-*.sqlite3*")
        for path in sorted(found, key=lambda path: path.suffix == ".sqlite3"):
            path.unlink(missing_ok=True)
        with self.lock:
            self.connection = None

    def _run(self, statement: str, values: tuple[Any, ...]) -> Any:
        """The first row, if any; nothing for a minute when the file cannot be used."""
        if time.monotonic() < self.away_until:
            return None
        try:
            with self.lock:
                return self._connected().execute(statement, values).fetchone()
        except (sqlite_driver.Error, OSError) as error:
            log.warning("kept pages are left out of %s", self.path.name, exc_info=True)
            if _is_torn(error):
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)
            self.connection, self.away_until = None, time.monotonic() + AWAY_SECONDS
            return None

    def _connected(self) -> Any:
        """To the file that is there now; after a fork, one of this process: it cannot be shared."""
        if self.connection is None or self.process != os.getpid() or _file(self.path) != self.file:
            self.connection, self.process = _open(self.path), os.getpid()
            self.file = _file(self.path)
        return self.connection

    def _name(self, key: Hashable) -> bytes:
        said = repr((code(), key)).encode()
        return blake2b(said, key=self.secret, digest_size=NAME_BYTES).digest()

    def _sign(self, name: bytes, body: bytes | memoryview) -> bytes:
        """By the fastest hash of what stands under this name, for it is asked for every page."""
        return hmac.digest(self.secret + name, body, "sha256")[:SIGNATURE_BYTES]


def _open(path: Path) -> Any:
    """Anew if what stands there is no database."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    for other in path.parent.glob("kept-*"):
        if not other.name.startswith(path.name) and time.time() - other.stat().st_mtime > LEFT:
            other.unlink(missing_ok=True)  # of a machine that is gone, or was named anew
    connection = sqlite_driver.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(SCHEMA)
    except sqlite_driver.DatabaseError as error:
        if not _is_torn(error):
            raise
        connection.close()
        path.unlink()
        return _open(path)
    connection.execute("PRAGMA busy_timeout=100")
    connection.execute("PRAGMA cache_size=-512")  # the system has the file in memory, too
    return connection


def _file(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _is_torn(error: Exception) -> bool:
    """Not merely locked, full or away."""
    return type(error) is sqlite_driver.DatabaseError


@cache
def code() -> str:
    """Names the templates and modules that make the pages: others make others."""
    told = blake2b(digest_size=8)
    for folder in ("community", "ideas", "metrics", "templates", "static"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".mo", ".svg"):
                known = path.stat()
                told.update(
                    f"{path.relative_to(ROOT)} {known.st_size} {known.st_mtime_ns}".encode()
                )
    return told.hexdigest()
