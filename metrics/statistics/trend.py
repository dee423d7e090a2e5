"""Which way a series goes: the Theil-Sen slope, which a single odd point cannot bend."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from statistics import median

from metrics.statistics.intervals import Estimate, two_sided


def theil_sen(points: Sequence[tuple[float, float]], confidence: float = 0.95) -> Estimate:
    """The median slope between any two points, with Sen's interval from Kendall's statistic."""
    slopes = sorted(
        (later_y - earlier_y) / (later_x - earlier_x)
        for (earlier_x, earlier_y), (later_x, later_y) in combinations(sorted(points), 2)
        if later_x != earlier_x
    )
    spread = two_sided(confidence) * sqrt(_kendall_variance(points))
    below = round((len(slopes) - spread) / 2)
    above = round((len(slopes) + spread) / 2)
    return Estimate(median(slopes), slopes[max(below - 1, 0)], slopes[min(above, len(slopes) - 1)])


def _kendall_variance(points: Sequence[tuple[float, float]]) -> float:
    """The variance of the number of rises less falls, less what ties take away (Sen 1968)."""
    ties = [count for axis in zip(*points, strict=True) for count in Counter(axis).values()]
    tied = sum(count * (count - 1) * (2 * count + 5) for count in ties)
    n = len(points)
    # Ties on both axes at once can take away more than there is.
    return max(0.0, (n * (n - 1) * (2 * n + 5) - tied) / 18)
