"""Shares of a whole: Wilson's interval, its one-sided lower end, Newcombe's difference."""

from math import sqrt
from statistics import NormalDist

from metrics.statistics.intervals import Estimate, Interval, difference, two_sided


def wilson(part: int, whole: int, confidence: float = 0.95) -> Interval:
    """The score interval of `part` in `whole`; it stays within 0 and 1 and has a width at both."""
    return _score_interval(part, whole, two_sided(confidence))


def wilson_lower(part: int, whole: int, confidence: float = 0.90) -> float:
    """What the share is at least, with `confidence`: what a gate compares with its threshold."""
    return _score_interval(part, whole, NormalDist().inv_cdf(confidence)).low


def newcombe_difference(part: int, whole: int, earlier_part: int, earlier_whole: int) -> Interval:
    """The interval of the first share less the second."""
    return difference(
        Estimate(part / whole, *wilson(part, whole)),
        Estimate(earlier_part / earlier_whole, *wilson(earlier_part, earlier_whole)),
    )


def _score_interval(part: int, whole: int, z: float) -> Interval:
    share = part / whole
    centre = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # At the ends the two terms cancel only up to rounding.
    low = 0.0 if part == 0 else (centre - reach) / scale
    high = 1.0 if part == whole else (centre + reach) / scale
    return Interval(low, high)
