"""Taking many rows a few at a time, each few in a transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH = 250


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
