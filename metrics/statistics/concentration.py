"""How evenly something is spread over people: Lorenz curve, Gini coefficient, absence factor."""

from collections.abc import Sequence
from itertools import accumulate


def gini(amounts: Sequence[float]) -> float:
    """0 when all have the same, towards 1 when one has all; uncorrected for the number of people.

    Whoever is in `amounts` counts, zeros too: over contributors there are none.
    """
    people, total = len(amounts), sum(amounts)
    ranked = sum(rank * amount for rank, amount in enumerate(sorted(amounts), start=1))
    return 2 * ranked / (people * total) - (people + 1) / people


def absence_factor(amounts: Sequence[float]) -> int:
    """The fewest people who together give at least half: their absence would halve it all."""
    half = sum(amounts) / 2
    running = accumulate(sorted(amounts, reverse=True))
    return next(people for people, given in enumerate(running, start=1) if given >= half)


def lorenz_points(amounts: Sequence[float]) -> list[tuple[float, float]]:
    """(share of people, share of what they gave) from the origin, those who gave least first."""
    people, total = len(amounts), sum(amounts)
    running = accumulate(sorted(amounts), initial=0)
    return [(rank / people, given / total) for rank, given in enumerate(running)]
