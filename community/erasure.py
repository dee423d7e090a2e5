"""Erasing a person: what the rooms hold of one, beyond what the house finds by itself.

Columns of text everywhere are searched for the person's values by `community.privacy`; a room
registers here what must go or change besides: rows, files, caches.

    @erases
    def forget_bookmarks(person: Person) -> None: ...      # in the room's `erasures.py`
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Who is being erased, as they were known until now."""

    member_id: int
    public_id: str
    name: str
    username: str
    addresses: tuple[str, ...]

    @property
    def has_telling_name(self) -> bool:
        """Whether the name can be told from other words: first and last, not "Will"."""
        return " " in self.name.strip() and len(self.name) >= 6


Eraser = Callable[[Person], None]

_erasers: list[Eraser] = []


def erases(eraser: Eraser) -> Eraser:
    """Call the function inside the transaction that erases; it may run twice."""
    _erasers.append(eraser)
    return eraser


def erasers() -> list[Eraser]:
    return list(_erasers)
