"""Whether PostgreSQL can be reached: while it is away, nobody waits to hear so once more.

A server that is stopped refuses at once; one that has vanished says nothing, and each attempt would
take seconds. Once one has failed, all others are refused here, until a thread that goes on trying
has reached it.
"""

import os
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Engine, event

AGAIN_SECONDS = 0.2
UNASKED_SECONDS = 10.0  # then it is not looked for any longer: the next one tries again


class LookOut:
    """For one server that is away, as long as anybody wants it."""

    def __init__(self, attempt: Callable[[], None]) -> None:
        self.attempt, self.wanted_at = attempt, time.monotonic()

    def is_wanted(self) -> bool:
        return time.monotonic() - self.wanted_at < UNASKED_SECONDS


# Of each process: after a fork nobody looks out any more.
_away: dict[Hashable, LookOut] = {}


@event.listens_for(Engine, "do_connect")
def _reach(dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> Any:
    if dialect.name != "postgresql":
        return None
    whose = os.getpid(), *[named.get(part) for part in ("host", "port", "dbname", "user")]
    failed = dialect.loaded_dbapi.OperationalError
    known = _away.get(whose)
    if known:
        known.wanted_at = time.monotonic()
        raise failed("the server is away, as somebody else was told a moment ago")
    try:
        return dialect.connect(*given, **named)
    except failed:
        _look_out(whose, LookOut(lambda: dialect.connect(*given, **named).close()))
        raise


def _look_out(whose: Hashable, mine: LookOut) -> None:
    """Of many who fail at once, one does."""
    if _away.setdefault(whose, mine) is mine:
        threading.Thread(target=_until_it_is_back, args=(whose, mine), daemon=True).start()


def _until_it_is_back(whose: Hashable, mine: LookOut) -> None:
    try:
        while mine.is_wanted():
            time.sleep(AGAIN_SECONDS)
            try:
                return mine.attempt()
            except Exception:  # whatever it says, it cannot be used yet
                continue
    finally:
        del _away[whose]
