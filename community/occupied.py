"""That people are served here: nothing is restored under them, and nobody is served meanwhile.

A lock on DATA_DIR that ends with the last process that serves, however it ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

NAME = "serving.lock"

_held: list[IO[str]] = []


def occupy(folder: Path) -> None:
    """For this process and all that are forked off it; others may serve here, too."""
    file = _opened(folder)
    if not _locked(file, fcntl.LOCK_SH):
        raise SystemExit("A backup is being restored here: start Guildhall once it is.")
    _held.append(file)


@contextmanager
def kept_free(folder: Path) -> Iterator[bool]:
    """Whether nobody serves here, nor can begin to meanwhile."""
    with _opened(folder) as file:
        yield _locked(file, fcntl.LOCK_EX)


def _opened(folder: Path) -> IO[str]:
    """To read and to write: on a shared folder, each kind of lock wants its own of the two."""
    return (folder / NAME).open("a+")


def _locked(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a shared folder that knows no locks: people are served all the same
        return True
    return True
