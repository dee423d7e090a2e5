"""An interval for a figure that has no formula for one: what it would be, had other people come."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from metrics.statistics.intervals import Interval

DRAWS = 1000

Unit = TypeVar("Unit")


def bootstrap_interval(
    units: Sequence[Unit],
    figure: Callable[[Sequence[Unit]], float],
    *,
    seed: int,
    confidence: float = 0.95,
) -> Interval:
    """The percentile interval of `figure` over redrawn `units`: people or threads, never posts.

    The same seed and the same units in the same order give the same interval.
    """
    draw = Random(seed)
    figures = sorted(figure(draw.choices(units, k=len(units))) for _ in range(DRAWS))
    cut = round((1 - confidence) / 2 * DRAWS)
    return Interval(figures[cut], figures[-1 - cut])
