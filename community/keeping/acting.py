"""Whoever has just done something reads the truth; for all others it may be a moment old.

Each answer to a form carries a cookie that says when. For two seconds nothing is taken from memory
that could be older than what this browser did, in whichever process that was; and what was put
aside for this reader alone is put aside under all cookies, so it ends with the next form.
"""

import re
import time
from collections.abc import Callable
from typing import Any

NAME, SECONDS, ASKEW = "acted", 2, 60
ACTED = re.compile(rf"\b{NAME}=(\d{{1,15}})\b")

Start = Callable[..., Any]


def has_acted(cookies: str) -> bool:
    """Also where another machine's clock is ahead."""
    found = ACTED.search(cookies) if NAME in cookies else None
    return bool(found) and -ASKEW < time.time() - int(found[1]) / 1000 < SECONDS


def telling(start_response: Start, *, secure: bool) -> Start:
    """Give the cookie with whatever was done; what was refused says nothing of it.

    It says when it was done, not begun: who writes may have to wait for others.
    """

    def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        if status < "4":
            cookie = f"{NAME}={time.time_ns() // 1_000_000}; Path=/; HttpOnly; SameSite=Lax"
            cookie += "; Secure" * secure
            headers = [*headers, ("Set-Cookie", cookie)]
        return start_response(status, headers, *error)

    return started
