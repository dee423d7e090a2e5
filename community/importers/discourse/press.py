"""Rendering thousands of texts: each at one of several renderers, beside the writing."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from community.markup import Renderer
from community.markup.process import renderer as own

T = TypeVar("T")

MOST = 8


class Press:
    """The process's own renderer, and for a long file one for each processor; a context."""

    def __init__(self) -> None:
        self._count = min(len(os.sched_getaffinity(0)), MOST)
        self._more: list[Renderer] = []
        self._idle: SimpleQueue[Renderer] = SimpleQueue()
        self._idle.put(own)
        self._hands = ThreadPoolExecutor(self._count, thread_name_prefix="press")

    def __enter__(self) -> "Press":
        return self

    def __exit__(self, *_fault) -> None:
        self._hands.shutdown(cancel_futures=True)
        for renderer in self._more:
            renderer.stop()

    def take(self, print_with: Callable[[Renderer], T]) -> "Future[T]":
        """Call it with a renderer of its own, as soon as one is idle."""
        return self._hands.submit(self._print, print_with)

    def bring_more(self) -> None:
        """There is more to come than one renderer is to be kept busy with."""
        if not self._more:
            self._more = [Renderer() for _ in range(self._count - 1)]
            for renderer in self._more:
                self._idle.put(renderer)

    def _print(self, print_with: Callable[[Renderer], T]) -> T:
        renderer = self._idle.get()
        try:
            return print_with(renderer)
        finally:
            self._idle.put(renderer)
