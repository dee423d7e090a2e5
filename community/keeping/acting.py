"""Whoever has just done something reads the truth; for all others it may be a moment old.

Each answer to a form carries a cookie of two seconds. While a browser sends it, nothing is taken
from memory that could be older than what it did, in whichever process that was.
"""

from collections.abc import Callable
from typing import Any

NAME, SECONDS = "acted", 2

Start = Callable[..., Any]


def has_acted(cookies: str) -> bool:
    return f"{NAME}=" in cookies


def telling(start_response: Start, *, secure: bool) -> Start:
    """Give the cookie with whatever is answered."""
    cookie = f"{NAME}=1; Max-Age={SECONDS}; Path=/; HttpOnly; SameSite=Lax"
    cookie += "; Secure" * secure

    def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*headers, ("Set-Cookie", cookie)], *error)

    return started
