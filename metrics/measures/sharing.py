"""What several measures ask of the rollups is asked once for each state of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache, wraps
from typing import TypeVar

from metrics.catalogue import find_metric
from metrics.questions import DAY, Question

T = TypeVar("T")

# A page asks of one window and the one before; its metrics follow each other.
KEPT = 8
_run: ContextVar[int | None] = ContextVar("run", default=None)


@contextmanager
def in_run(run: int) -> Iterator[None]:
    """What is found meanwhile is found in this state of the rollups."""
    before = _run.set(run)
    try:
        yield
    finally:
        _run.reset(before)


def shared(find: Callable[[Question], T]) -> Callable[[Question], T]:
    """For what does not depend on the metric, nor on `within`."""

    @lru_cache(maxsize=KEPT)
    def kept(question: Question, _run: int) -> T:
        return find(question)

    @wraps(find)
    def found(question: Question) -> T:
        run = _run.get()
        if run is None:
            return find(question)
        return kept(replace(question, metric=find_metric("active_members"), within=DAY), run)

    return found
