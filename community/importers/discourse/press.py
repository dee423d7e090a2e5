"""Rendering thousands of texts: each at one of several renderers, beside the writing."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from community.markup import Renderer

T = TypeVar("T")

MOST = 8


class Press:
    """As many renderers as there are processors, at most eight; a context."""

    def __init__(self) -> None:
        count = min(len(os.sched_getaffinity(0)), MOST)
        self._renderers = [Renderer() for _ in range(count)]
        self._idle: SimpleQueue[Renderer] = SimpleQueue()
        for renderer in self._renderers:
            self._idle.put(renderer)
        self._hands = ThreadPoolExecutor(count, thread_name_prefix="press")

    def __enter__(self) -> "Press":
        return self

    def __exit__(self, *_fault) -> None:
        self._hands.shutdown(cancel_futures=True)
        for renderer in self._renderers:
            renderer.stop()

    def take(self, print_with: Callable[[Renderer], T]) -> "Future[T]":
        """Call it with a renderer of its own, as soon as one is idle."""
        return self._hands.submit(self._print, print_with)

    def _print(self, print_with: Callable[[Renderer], T]) -> T:
        renderer = self._idle.get()
        try:
            return print_with(renderer)
        finally:
            self._idle.put(renderer)
