"""The only clock: aware UTC, and settable in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment in UTC, or the moment a test or an import has set."""
    return _frozen.get() or real_now()


def real_now() -> datetime:
    """The present moment, whatever a test or an import has set: when something was written down."""
    return datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block, in this thread alone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is not a moment")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def advance(**step: float) -> None:
    """Move a clock set by `at` forward, e.g. `advance(minutes=10)`."""
    moment = _frozen.get()
    if moment is None:
        raise RuntimeError("only a clock that was set can be advanced")
    _frozen.set(moment + timedelta(**step))
