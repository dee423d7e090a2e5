"""How evenly something is spread over people: Lorenz curve, Gini coefficient, absence factor.

All work on a histogram, (amount, how many people gave it) from the least, because a large community
has far fewer different amounts than people.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import ceil
from typing import TypeAlias

Histogram: TypeAlias = Sequence[tuple[float, int]]


def histogram(amounts: Iterable[float]) -> tuple[tuple[float, int], ...]:
    return tuple(sorted(Counter(amounts).items()))


def gini(amounts: Iterable[float]) -> float:
    """0 when all have the same, towards 1 when one has all; uncorrected for the number of people.

    Whoever is in `amounts` counts, zeros too: over contributors there are none.
    """
    return gini_of(histogram(amounts))


def gini_of(spread: Histogram) -> float:
    people, total, ranked = 0, 0.0, 0.0
    for amount, number in spread:
        # The ranks of these people follow each other, from the first after those before.
        ranked += amount * (number * people + number * (number + 1) / 2)
        people += number
        total += amount * number
    return 2 * ranked / (people * total) - (people + 1) / people


def absence_factor(amounts: Iterable[float]) -> int:
    """The fewest people who together give at least half: their absence would halve it all."""
    return absence_factor_of(histogram(amounts))


def absence_factor_of(spread: Histogram) -> int:
    missing = sum(amount * number for amount, number in spread) / 2
    people = 0
    for amount, number in reversed(spread):
        needed = min(number, ceil(missing / amount)) if missing > 0 else 0
        people += needed
        missing -= amount * needed
    return people


def lorenz_points(amounts: Sequence[float]) -> list[tuple[float, float]]:
    """(share of people, share of what they gave) from the origin, those who gave least first."""
    people, total = len(amounts), sum(amounts)
    running = accumulate(sorted(amounts), initial=0)
    return [(rank / people, given / total) for rank, given in enumerate(running)]
