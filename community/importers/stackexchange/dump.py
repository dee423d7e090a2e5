"""One dump on its way in: where it is read from, what is known of it, what is told of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from community.importers.origins import Origins
from community.importers.report import Report

T = TypeVar("T")

BATCH = 250


@dataclass
class Dump:
    """`employees` holds the external ids of members who are employees."""

    folder: Path
    space_id: int
    origins: Origins
    employees: frozenset[str]
    progress: Callable[[str, int], None]
    report: Report = field(default_factory=Report)


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
