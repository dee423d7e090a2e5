"""What is remembered in a process, and can be found out again: never more of it than so much."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(dict[K, V]):
    """A dictionary that is emptied when one more would be too many.

    For what is small, hardly ever fills it and is cheap to make again: which of its items was
    asked for last need not be known. Whoever reads it while another thread writes may find less
    than a moment ago, so read with `get`.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self.most and key not in self:
            self.clear()
        super().__setitem__(key, value)
