"""What an estimate leaves open: a low and a high end."""

from math import hypot
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    low: float
    high: float

    def excludes(self, value: float) -> bool:
        return value < self.low or value > self.high


class Estimate(NamedTuple):
    value: float
    low: float
    high: float


class OpenEstimate(NamedTuple):
    """An estimate of which the value or an end may lie beyond what the data reach."""

    value: float | None
    low: float | None
    high: float | None


def two_sided(confidence: float) -> float:
    """The normal deviate that leaves half of what is not `confidence` on each side."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def difference(now: Estimate, then: Estimate) -> Interval:
    """The interval of `now - then`, two independent estimates.

    Each adds the distance to its own end, squared; with Wilson's ends for two shares this is
    Newcombe's hybrid score interval.
    """
    change = now.value - then.value
    return Interval(
        change - hypot(now.value - now.low, then.high - then.value),
        change + hypot(now.high - now.value, then.value - then.low),
    )
