"""How far a count of separate happenings can be trusted: the exact Poisson interval."""

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

from metrics.statistics.intervals import Interval

HALVINGS = 60
# A term this much smaller than the sum no longer changes it.
NOTHING = 1e-17


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """The rates under which seeing so many, or so few, would not be surprising."""
    tail = (1 - confidence) / 2
    low = 0.0
    if count:
        low = _where(lambda rate: _at_least(count, rate) < tail, 0.0, float(count))
    far = count + 10 * sqrt(count + 1) + 20
    high = _where(lambda rate: _at_most(count, rate) > tail, float(count), far)
    return Interval(low, high)


def _where(still: Callable[[float], bool], start: float, end: float) -> float:
    """The point between `start` and `end` up to which `still` holds."""
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        if still(middle):
            start = middle
        else:
            end = middle
    return start


def _at_most(count: int, rate: float) -> float:
    """P(X <= count), summed downwards until nothing is added: needs rate >= count."""
    term = total = _probability(count, rate)
    smaller = count
    while term > total * NOTHING:
        term *= smaller / rate
        total += term
        smaller -= 1
    return total


def _at_least(count: int, rate: float) -> float:
    """P(X >= count), summed upwards until nothing is added: needs rate <= count."""
    term = total = _probability(count, rate)
    larger = count + 1
    while term > total * NOTHING:
        term *= rate / larger
        total += term
        larger += 1
    return total


def _probability(count: int, rate: float) -> float:
    return exp(count * log(rate) - rate - lgamma(count + 1))
