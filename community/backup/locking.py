"""One backup, restoring or upgrade at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from community.backup.manifest import Unsound
from community.config import settings

NAME = "backup.lock"


@contextmanager
def alone() -> Iterator[None]:
    """On this data folder; the lock goes with the process that holds it."""
    with (settings().data_dir / NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unsound("another backup is being made or restored here") from None
        yield
