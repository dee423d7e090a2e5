"""What is kept in one process: bounded by bytes, the longest unused given up first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Kept(Protocol):
    """`size` in bytes, roughly."""

    @property
    def size(self) -> int: ...


K = TypeVar("K", bound=Kept)


class Shelf(Generic[K]):
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, K] = OrderedDict()

    def get(self, key: Hashable) -> K | None:
        found = self._kept.get(key)
        if found is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, one: K) -> None:
        """What is larger than a tenth of the shelf is not kept."""
        if one.size * 10 > self.most_bytes:
            return
        with self._lock:
            self._take(key)
            self._kept[key] = one
            self.bytes += one.size
            while self.bytes > self.most_bytes:
                self._take(next(iter(self._kept)))

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._take(key)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _take(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.bytes -= gone.size
