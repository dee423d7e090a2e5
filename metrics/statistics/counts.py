"""How far a count of separate happenings can be trusted: the exact Poisson interval."""

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

from metrics.statistics.intervals import Interval, two_sided

Rate = Callable[[float], float]

# Each doubles the right digits.
STEPS, CLOSE = 50, 1e-12
# A term this much smaller than the sum no longer changes it.
NOTHING = 1e-17


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """The rates under which seeing so many, or so few, would not be surprising."""
    tail, z = (1 - confidence) / 2, two_sided(confidence)
    low = 0.0
    if count:
        low = _zero(
            lambda rate: _at_least(count, rate) - tail,
            lambda rate: _probability(count - 1, rate),
            _about(count, -z),
        )
    high = _zero(
        lambda rate: tail - _at_most(count, rate),
        lambda rate: _probability(count, rate),
        _about(count + 1, z),
    )
    return Interval(low, high)


def _about(count: int, z: float) -> float:
    """Wilson and Hilferty's guess, a few thousandths off for the smallest counts."""
    return count * max(0.2, 1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3


def _zero(excess: Rate, slope: Rate, rate: float) -> float:
    """Newton's steps from a good guess; the sums that they ask for are long."""
    for _step in range(STEPS):
        better = max(rate / 2, rate - excess(rate) / slope(rate))
        if abs(better - rate) <= CLOSE * rate:
            return better
        rate = better
    return rate


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
