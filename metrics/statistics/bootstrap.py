"""An interval for a figure that has no formula for one: what it would be, had other people come."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from math import exp, factorial, sqrt
from random import Random
from typing import TypeVar

from metrics.statistics.concentration import Histogram
from metrics.statistics.intervals import Interval

DRAWS = 1000
# From so many on a Poisson number is drawn as a rounded normal one.
MANY = 20
# With a mean below that, no number so large is ever drawn.
MOST = 80

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
    return _middle([figure(draw.choices(units, k=len(units))) for _ in range(DRAWS)], confidence)


def bootstrap_histogram(
    spread: Histogram,
    figure: Callable[[Histogram], float],
    *,
    seed: int,
    confidence: float = 0.95,
) -> Interval:
    """The same for many people, by their histogram: each bar is redrawn by Poisson's law.

    With hundreds of people it gives what redrawing them one by one gives, in a time that does not
    grow with them (the Poisson bootstrap; Hanley and MacGibbon 2006).
    """
    draw = Random(seed)
    amounts = [amount for amount, _number in spread]
    heights = [_poisson(draw, number) for _amount, number in spread]
    redrawn = (list(zip(amounts, bars, strict=True)) for bars in zip(*heights, strict=True))
    return _middle([figure(bars) for bars in redrawn], confidence)


def _middle(figures: list[float], confidence: float) -> Interval:
    figures.sort()
    cut = round((1 - confidence) / 2 * len(figures))
    return Interval(figures[cut], figures[-1 - cut])


def _poisson(draw: Random, mean: int) -> list[int]:
    """As many numbers as there are draws."""
    if mean >= MANY:
        return [max(0, round(draw.gauss(mean, sqrt(mean)))) for _ in range(DRAWS)]
    return draw.choices(range(MOST), cum_weights=_poisson_up_to(mean), k=DRAWS)


@cache
def _poisson_up_to(mean: int) -> list[float]:
    """How likely each number is, or a smaller one."""
    return list(accumulate(exp(-mean) * mean**number / factorial(number) for number in range(MOST)))
