"""What was found out before: good until something is committed, for two seconds, or until the
member it is about does something.
"""

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from community.bounded import Bounded
from community.versions import Standing

MOST, STANDINGS = 2_000, 3
SECONDS = 1.0  # for what time alone changes
LATELY_SECONDS = 2.0  # as long as what was read takes to be written down
MOST_OWN, OWN_SECONDS = 6_000, 60.0

Versions = tuple[int, int]

K = TypeVar("K", bound=Hashable)
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
    """Answers that may be two seconds old, whatever was committed since.

    They are thrown away together: what nobody may be given any more takes up no room.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._since = 0.0
        self._found: dict[Hashable, tuple[float, Any]] = {}
        self._before: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, ask: Callable[[], T], *, at_once: bool) -> tuple[float, T]:
        """The answer, and when it was found out."""
        now = self._now()
        known = None if at_once else self._known(key, now)
        if known is None:
            known = self._found[key] = now, ask()
        return known

    def known(self, key: Hashable) -> Any:
        known = self._known(key, self._now())
        return known and known[1]

    def put(self, key: Hashable, value: Any, at: float | None = None) -> None:
        """`at`: when the oldest was found out of what it is made of, if not now."""
        now = self._now()
        self._found[key] = now if at is None else at, value

    def get_each(
        self,
        key: Hashable,
        wanted: Sequence[K],
        ask: Callable[[Sequence[K]], Mapping[K, T]],
        *,
        at_once: bool,
    ) -> tuple[float, Mapping[K, T]]:
        """Of many things of one kind, each as old as its own asking; and how old the oldest is."""
        now = self._now()
        found = {} if at_once else self._each_known(key, now)
        if missing := [one for one in wanted if one not in found]:
            found |= {one: (now, value) for one, value in ask(missing).items()}
            self._found[key] = now, found
        oldest = min([found[one][0] for one in wanted], default=now)
        return oldest, {one: found[one][1] for one in wanted}

    def clear(self) -> None:
        self._found, self._before = {}, {}

    def _known(self, key: Hashable, now: float) -> tuple[float, Any] | None:
        known = self._found.get(key) or self._before.get(key)
        return known if known and now - known[0] < LATELY_SECONDS else None

    def _each_known(self, key: Hashable, now: float) -> dict[Any, tuple[float, Any]]:
        known = self._found.get(key) or self._before.get(key)
        each = known[1] if known else {}
        return {one: told for one, told in each.items() if now - told[0] < LATELY_SECONDS}

    def _now(self) -> float:
        now = time.monotonic()
        if now - self._since >= LATELY_SECONDS or len(self._found) >= self.most:
            self._since, self._found, self._before = now, {}, self._found
        return now


class Own:
    """Answers that are good until their versions are others: that of the member, and that of what
    else they are taken from. For a minute at most.
    """

    def __init__(self) -> None:
        self._found: Bounded[Hashable, tuple[Versions, float, Any]] = Bounded(MOST_OWN)

    def get(self, key: Hashable, versions: Versions, ask: Callable[[], T], *, at_once: bool) -> T:
        known = self._found.get(key)
        if known is None or at_once or not _holds(known, versions):
            known = self._found[key] = versions, time.monotonic(), ask()
        return known[2]

    def clear(self) -> None:
        self._found.clear()


def _holds(known: tuple[Versions, float, Any], versions: Versions) -> bool:
    return known[0] == versions and time.monotonic() - known[1] < OWN_SECONDS
