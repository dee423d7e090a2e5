"""SQLite: which one, how its connections begin, and the line in which its writers stand."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from community.config import Settings

# Written in C, and nothing says what is in it.
sqlite_driver: Any = dbapi2

FAULTY_SQLITE = (
    "SQLite {} can lose acknowledged writes (the WAL-reset fault); 3.51.3 or newer is needed: "
    "pip install 'pysqlite3>=0.6.1'"
)

_thread_lock = threading.Lock()


def sqlite_options(chosen: Settings) -> dict[str, Any]:
    """For the engine; refuses to start on an SQLite that is not safe."""
    if not is_safe_sqlite(sqlite_driver.sqlite_version_info):
        raise SystemExit(FAULTY_SQLITE.format(sqlite_driver.sqlite_version))
    # A connection costs a file; those at work hold no more than three each.
    at_work = 3 * chosen.web_threads
    return {"module": sqlite_driver, "pool_size": 14 + at_work, "max_overflow": 10}


def is_safe_sqlite(version: tuple[int, ...]) -> bool:
    """The WAL-reset fault is in 3.7.0 to 3.51.2, mended also in 3.50.7 and 3.44.6."""
    if (3, 44, 6) <= version < (3, 45, 0) or (3, 50, 7) <= version < (3, 51, 0):
        return True
    return version >= (3, 51, 3)


@contextmanager
def in_line(lock: Path) -> Iterator[None]:
    """One at a time, of all threads and processes on this machine."""
    with _thread_lock, lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite_driver.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "mmap_size=134217728",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite" and options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")
