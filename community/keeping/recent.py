"""What was found out a moment ago: good until something is committed, or for a second."""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from community.versions import Standing

MOST, STANDINGS = 2_000, 3
SECONDS = 1.0  # for what time alone changes
LATELY_SECONDS = 1.0

T = TypeVar("T")


class Recent(Generic[T]):
    """Answers of the database, each under the `Standing` that was known before it was asked.

    A later commit makes another `Standing`, under which nothing is found yet; a few are known side
    by side, for those who have just acted go by a newer one than all others.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._found: dict[int, tuple[Standing, dict[Hashable, tuple[float, T]]]] = {}

    def get(self, key: Hashable, standing: Standing) -> T | None:
        known = self._found.get(id(standing))
        if known is None or key not in known[1]:
            return None
        at, value = known[1][key]
        return value if time.monotonic() - at < SECONDS else None

    def put(self, key: Hashable, standing: Standing, value: T) -> None:
        known = self._found.get(id(standing))
        if known is None or len(known[1]) >= self.most:
            others = list(self._found.values())[1 - STANDINGS :]
            known = standing, {}
            self._found = {id(one[0]): one for one in (*others, known)}
        known[1][key] = time.monotonic(), value

    def clear(self) -> None:
        self._found = {}


class Lately:
    """Answers that may be a second old, whatever was committed since: counts beside the page."""

    def __init__(self) -> None:
        self._found: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, ask: Callable[[], T], *, at_once: bool) -> T:
        known = self._found.get(key)
        if known and not at_once and time.monotonic() - known[0] < LATELY_SECONDS:
            value: T = known[1]
            return value
        if len(self._found) >= MOST:
            self._found = {}
        asked_at, value = time.monotonic(), ask()
        self._found[key] = asked_at, value
        return value

    def clear(self) -> None:
        self._found = {}
