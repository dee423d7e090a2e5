"""How often: a limit on every address that writes, shared by all processes through Redis."""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app
from flask_babel import gettext as _
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from community.config import settings
from community.counting import SharedCounts, storage_address
from community.diagnoses import diagnosis
from community.errors import TooMany, answer_refusal
from community.viewer import current_viewer

V = TypeVar("V", bound=Callable[..., Any])


def _who() -> str:
    member_id = current_viewer().member_id
    return f"member:{member_id}" if member_id else f"address:{get_remote_address()}"


limiter = Limiter(key_func=_who, strategy="fixed-window")


@limiter.request_filter
def _unlimited() -> bool:
    """Asked of the application at hand: the limiter is one for all applications of a process."""
    return not current_app.config["LIMITED"]


def limit(rate: str) -> Callable[[V], V]:
    """Let one member (or address) do this only so often, e.g. `@limit("10/minute")`."""

    def declare(view: V) -> V:
        limited: Any = limiter.limit(rate, methods=["POST", "PUT", "PATCH", "DELETE"])(view)
        limited.limit = rate
        return limited

    return declare


def register(app: Flask) -> None:
    proxies = app.config["SETTINGS"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", False)
    app.config["RATELIMIT_STORAGE_URI"] = storage_address(app.config["SETTINGS"])
    app.config["LIMITED"] = not app.testing
    limiter.init_app(app)
    # It would look there for limits of all addresses; ours are the views' own, asked as they begin.
    app.before_request_funcs[None].remove(limiter._check_request_limit)
    app.register_error_handler(429, _too_many)


def _too_many(error: Any) -> Response:
    seconds = 60
    reached: RequestLimit | None = limiter.current_limit
    if reached:
        seconds = max(1, int(reached.reset_at - time.time()))
        if seconds > reached.limit.get_expiry() + 1:  # counted before the clock was set back
            limiter.storage.clear(reached.key)
            seconds = 1
    return answer_refusal(
        TooMany(_("Too fast. Please wait %(seconds)s s.", seconds=seconds), retry_after=seconds)
    )


@diagnosis("limits are counted together")
def redis_answers() -> Iterable[str]:
    """Where there is no Redis, there is nothing to say: one machine may well do without."""
    if isinstance(limiter.storage, SharedCounts) and not limiter.storage.check():
        host = urlsplit(settings().redis_url or "").hostname
        yield f"Redis at {host} does not answer: each process counts by itself"
