"""Whether a series did something unusual: the limits of Wheeler's individuals chart (XmR)."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

# How many mean moving ranges make the limits, for the points and for the ranges themselves.
POINTS = 2.66
RANGES = 3.268


class Limits(NamedTuple):
    centre: float
    low: float
    high: float
    mean_range: float
    highest_range: float


def xmr_limits(values: Sequence[float]) -> Limits:
    """Needs two points at least; what lies outside the limits has a cause worth looking for."""
    centre = fmean(values)
    mean_range = fmean(abs(later - earlier) for earlier, later in pairwise(values))
    reach = POINTS * mean_range
    return Limits(centre, centre - reach, centre + reach, mean_range, RANGES * mean_range)
