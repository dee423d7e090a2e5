"""Whether PostgreSQL can be reached: while it is away, nobody waits to hear so once more.

A server that is stopped refuses at once; one that has vanished says nothing, and each attempt would
take seconds. Once one has failed, all others are refused here, until a thread that goes on trying
has reached it.
"""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

AGAIN_SECONDS = 0.2
UNASKED_SECONDS = 10.0  # then it is not looked for any longer: the next one tries again

Address = tuple[Any, ...]

# Which are away, in which process: after a fork nobody looks out any more. And when somebody last
# wanted them.
_away: dict[tuple[int, Address], float] = {}


@event.listens_for(Engine, "do_connect")
def _reach(dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> Any:
    if dialect.name != "postgresql":
        return None
    whose = os.getpid(), tuple([named.get(part) for part in ("host", "port", "dbname", "user")])
    failed = dialect.loaded_dbapi.OperationalError
    if whose in _away:
        _away[whose] = time.monotonic()
        raise failed("the server is away, as somebody else was told a moment ago")
    try:
        return dialect.connect(*given, **named)
    except failed:
        _look_out(whose, lambda: dialect.connect(*given, **named).close())
        raise


def _look_out(whose: tuple[int, Address], attempt: Callable[[], None]) -> None:
    if whose not in _away:
        _away[whose] = time.monotonic()
        threading.Thread(target=_until_it_is_back, args=(whose, attempt), daemon=True).start()


def _until_it_is_back(whose: tuple[int, Address], attempt: Callable[[], None]) -> None:
    try:
        while time.monotonic() - _away[whose] < UNASKED_SECONDS:
            time.sleep(AGAIN_SECONDS)
            try:
                return attempt()
            except Exception:  # whatever it says, it cannot be used yet
                continue
    finally:
        del _away[whose]
