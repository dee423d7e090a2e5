"""Random text, as unevenly worded as a natural language, the same at every run."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

VOCABULARY = 40_000


def word(rank: int) -> str:
    """A word for a rank, of letters alone, that no stemmer shortens much."""
    letters, name = "bdfgklmnprtvz", ""
    while True:
        rank, place = divmod(rank, len(letters))
        name += letters[place] + "aou"[place % 3]
        if not rank:
            return name + "k"


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    words = [word(rank) for rank in range(VOCABULARY)]
    return words, list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))


def words(chance: random.Random, count: int) -> str:
    known, weights = _vocabulary()
    return " ".join(chance.choices(known, cum_weights=weights, k=count))


def paragraphs(chance: random.Random) -> Iterator[str]:
    """What a post says: one to four paragraphs, some 100 words in all."""
    for _paragraph in range(chance.randint(1, 4)):
        yield f"{words(chance, chance.randint(15, 60)).capitalize()}."
