"""Whoever asks for a page that is just being made waits for it, instead of making it once more."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

LOCKS, SECONDS = 64, 5


class Turns:
    """One after the other for each key, in one process; some keys share a lock."""

    def __init__(self) -> None:
        self._locks = tuple(threading.Lock() for _number in range(LOCKS))

    @contextmanager
    def at(self, key: Hashable) -> Iterator[bool]:
        """Whether somebody else had their turn meanwhile. Nobody waits for ever."""
        lock = self._locks[hash(key) % LOCKS]
        at_once = lock.acquire(blocking=False)
        mine = at_once or lock.acquire(timeout=SECONDS)
        try:
            yield not at_once
        finally:
            if mine:
                lock.release()
