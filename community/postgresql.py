"""What holds only where the database is PostgreSQL: its connections, and races that are lost."""

import sys
from typing import Any

from sqlalchemy.exc import DBAPIError

from community.config import Settings

# Tables that are built from the others, and no part of what is kept.
CACHES = "search_index_"
# Beside those at work: the buffer's flush, the clock that looks for changes, who asks for health.
BESIDES = 3
CONNECT_SECONDS, WAIT_SECONDS = 5, 5
# After a lost race, before the same is done again. The winner still has to wake up: whoever comes
# back at once takes the row from under its hands, and the two lock each other out anew.
PAUSES = (0.02, 0.1, 0.5)
# A serialization failure, and a deadlock.
LOST = ("40001", "40P01")
DISK_FULL = "53100"
# A machine that vanished in the middle of a transaction holds its locks no longer than a lease.
IDLE_IN_TRANSACTION = "5min"
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# Nobody waits longer for a machine that was asked something and is gone without a word.
KEEPALIVE["tcp_user_timeout"] = 5_000


def pool_options(chosen: Settings) -> dict[str, Any]:
    """For a process that works at so many requests at once; a restarted server is noticed."""
    options = [
        f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}",
        f"-c statement_timeout={chosen.statement_seconds}s",
        "-c jit=off",  # what pages ask is short; translating it would take longer than asking
    ]
    return {
        "pool_size": 2 * chosen.web_threads + BESIDES,
        "max_overflow": chosen.web_threads,
        "pool_timeout": WAIT_SECONDS,
        "pool_pre_ping": True,
        "pool_use_lifo": True,
        "connect_args": {
            "fallback_application_name": "guildhall",
            "connect_timeout": CONNECT_SECONDS,
            "options": " ".join(options),
            **KEEPALIVE,
        },
    }


def lost_a_race(error: DBAPIError) -> bool:
    """Whether others stood in the way for this moment only: the same succeeds when done again."""
    return getattr(error.orig, "sqlstate", "") in LOST


def driver_errors(*names: str) -> tuple[type[Exception], ...]:
    """The driver's own; none where nobody has used it: with SQLite it is not even imported."""
    driver = sys.modules.get("psycopg")
    return tuple(getattr(driver, name) for name in names) if driver else ()
