"""Where limits are counted: in Redis for all machines, in this process while Redis is away.

A limit that counts too little for a moment does less harm than a house that is shut because of it.
"""

import logging
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from limits.storage import MemoryStorage, RedisStorage, Storage

from community.config import Settings

log = logging.getLogger(__name__)
T = TypeVar("T")

SLOW_SECONDS = 0.1
AWAY_SECONDS = 5.0
SWEPT_EVERY = 60.0


class OwnCounts(MemoryStorage):
    """This process's counts, swept once a minute by whoever comes along.

    As the library has it, a thread is started after each request to sweep: that costs more than
    counting does, and fails when two requests start it at once.
    """

    STORAGE_SCHEME = ["process"]

    def __init__(self, uri: str | None = None, **options: Any) -> None:
        super().__init__(uri, **options)
        self.timer.cancel()
        self.timer = _AtWork()  # type: ignore[assignment]
        self._swept_at = time.monotonic()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        if time.monotonic() - self._swept_at > SWEPT_EVERY:
            self._swept_at = time.monotonic()
            for known in list(self.expirations):
                self.get(known)  # which forgets what has expired
        return super().incr(key, expiry, amount)


class _AtWork:
    """Stands for a sweeping thread that need not be started."""

    def is_alive(self) -> bool:
        return True


class SharedCounts(Storage):
    """Asked once, Redis has a tenth of a second; then it is left alone for five seconds."""

    STORAGE_SCHEME = ["shared+redis", "shared+rediss"]

    def __init__(self, uri: str, **_options: float | str | bool) -> None:
        super().__init__(uri)
        # 5 MB, for those who have a Redis.
        redis, retry = import_module("redis"), import_module("redis.retry")
        self._refusal: type[Exception] = redis.RedisError
        self.here = OwnCounts()
        self.shared = RedisStorage(
            uri.removeprefix("shared+"),
            socket_connect_timeout=SLOW_SECONDS,
            socket_timeout=SLOW_SECONDS,
            retry=retry.Retry(redis.backoff.NoBackoff(), 0),
        )
        self._away_until = 0.0
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return self._refusal

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return self._ask(
            lambda: self.shared.incr(key, expiry, amount),
            lambda: self.here.incr(key, expiry, amount),
        )

    def get(self, key: str) -> int:
        return self._ask(lambda: self.shared.get(key), lambda: self.here.get(key))

    def get_expiry(self, key: str) -> float:
        return self._ask(lambda: self.shared.get_expiry(key), lambda: self.here.get_expiry(key))

    def clear(self, key: str) -> None:
        self._ask(lambda: self.shared.clear(key), lambda: self.here.clear(key))

    def reset(self) -> int | None:
        self.here.reset()
        return self._ask(self.shared.reset, lambda: None)

    def check(self) -> bool:
        """Whether Redis answers now."""
        return self.shared.check()

    def _ask(self, shared: Callable[[], T], here: Callable[[], T]) -> T:
        if time.monotonic() < self._away_until:
            return here()
        try:
            answer = shared()
        except self._refusal as error:
            self._leave_alone(error)
            return here()
        if self._away_until:
            self._away_until = 0.0
            log.warning("Redis answers again: limits are counted together")
        return answer

    def _leave_alone(self, error: Exception) -> None:
        with self._lock:
            is_news = not self._away_until
            self._away_until = time.monotonic() + AWAY_SECONDS
        if is_news:
            log.warning("Redis does not answer (%s): each process counts limits by itself", error)


def storage_address(chosen: Settings) -> str:
    """For `RATELIMIT_STORAGE_URI`; Valkey speaks Redis' language."""
    if not chosen.redis_url:
        return "process://"
    return "shared+" + chosen.redis_url.replace("valkey", "redis", 1)
