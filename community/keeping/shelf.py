"""What is kept in one process: bounded by bytes, the longest unused given up first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from hashlib import blake2b
from typing import Generic, Protocol, TypeVar


class Kept(Protocol):
    """`size` in bytes, roughly, when it is put here: what grows is put here again."""

    @property
    def size(self) -> int: ...


K = TypeVar("K", bound=Kept)

MOST_OFFERED = 200


class Shelf(Generic[K]):
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[K, int]] = OrderedDict()
        self._offered: dict[int, None] = {}

    def get(self, key: Hashable) -> K | None:
        found = self._kept.get(key)
        if found is None:
            return None
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, one: K) -> None:
        """What is larger than a tenth of the shelf is not kept."""
        size = one.size
        if size * 10 > self.most_bytes:
            self.drop(key)
            return
        with self._lock:
            self._take(key)
            self._kept[key] = one, size
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._take(next(iter(self._kept)))

    def offer(self, key: Hashable, one: K) -> None:
        """Take up what was offered a moment ago, too, or lies here in an older form. What is read
        once, and there is far more of it, does not take the place of what is read often; and
        thousands of pages that come and go would leave memory in shreds.
        """
        name = hash(key)
        with self._lock:
            again = key in self._kept or name in self._offered
            self._offered.pop(name, None)
            self._offered[name] = None
            if len(self._offered) > MOST_OFFERED:
                del self._offered[next(iter(self._offered))]
        if again:
            self.put(key, one)

    def holds(self, key: Hashable, one: K) -> bool:
        found = self._kept.get(key)
        return found is not None and found[0] is one

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._take(key)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._offered.clear()
            self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _take(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.bytes -= gone[1]


def digest(*parts: object) -> bytes:
    """A key for what somebody asks with: however long that is, it is not kept."""
    return blake2b(repr(parts).encode(), digest_size=16).digest()
