"""What was found out a moment ago: good until something is committed, or for a second."""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from community.versions import Standing

MOST = 5_000
SECONDS = 1.0  # for what time alone changes
LATELY_SECONDS = 1.0

T = TypeVar("T")


class Recent(Generic[T]):
    """Answers of the database, each under the `Standing` that was known before it was asked.

    A later commit makes another `Standing`, and all that was found before is gone with it.
    """

    def __init__(self) -> None:
        self._now: tuple[Standing | None, dict[Hashable, tuple[float, T]]] = (None, {})

    def get(self, key: Hashable, standing: Standing) -> T | None:
        known, found = self._now
        if known is not standing or key not in found:
            return None
        at, value = found[key]
        return value if time.monotonic() - at < SECONDS else None

    def put(self, key: Hashable, standing: Standing, value: T) -> None:
        known, found = self._now
        if known is not standing or len(found) >= MOST:
            self._now = known, found = standing, {}
        found[key] = time.monotonic(), value

    def clear(self) -> None:
        self._now = None, {}


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
