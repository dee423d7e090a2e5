"""What searching and writing cost per engine and size: CPU milliseconds, median and p95.

    python -m tests.servers python -m bench.search_speed whoosh 20000 fts5 20000 postgresql 100000

What PostgreSQL's own process takes is counted, too. The texts are random words, as unevenly
frequent as in a natural language, over ten audiences.
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from bench.search_homes import ENGINES, Home, home_of
from community.search.documents import Document
from community.search.engine import Engine, Scope
from community.search.grammar import parse

VOCABULARY, WORDS_PER_TEXT, AUDIENCES, ROUNDS = 40_000, 80, 10, 30
HALF = Scope(audiences=frozenset(range(AUDIENCES // 2)))
COMMON, MIDDLE, RARE = (5, 40), (150, 1_500), (4_000, 20_000)

Some = Callable[[tuple[int, int], int], str]


def word(rank: int) -> str:
    """A word for a rank, of letters alone, that no stemmer shortens much."""
    letters, name = "bdfgklmnprtvz", ""
    while True:
        rank, place = divmod(rank, len(letters))
        name += letters[place] + "aou"[place % 3]
        if not rank:
            return name + "k"


def documents(count: int) -> Iterator[Document]:
    chance = random.Random(7)
    words = [word(rank) for rank in range(VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    for number in range(1, count + 1):
        yield Document(
            kind=("post", "post", "post", "topic", "idea", "page")[number % 6],
            id=number,
            public_id=str(number),
            title=" ".join(chance.choices(words, weights, k=7)),
            body=" ".join(chance.choices(words, weights, k=WORDS_PER_TEXT)),
            author=f"member{number % 2000}",
            audience_id=number % AUDIENCES,
            created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
            language="en",
            group=f"topic:{number // 6}",
        )


def measure(home: Home, what: str, work: Callable[[], object]) -> None:
    taken = []
    for _ in range(ROUNDS):
        started = home.cpu_seconds()
        work()
        taken.append((home.cpu_seconds() - started) * 1000)
    ninety_fifth = statistics.quantiles(taken, n=20)[-1]
    print(f"  {what:24} {statistics.median(taken):8.1f} {ninety_fifth:8.1f}", flush=True)


def main(name: str, count: int) -> None:
    chance = random.Random(11)

    def some(band: tuple[int, int], how_many: int) -> str:
        return " ".join(word(chance.randrange(*band)) for _ in range(how_many))

    with home_of(ENGINES[name]) as home:
        began, started = time.monotonic(), home.cpu_seconds()
        engine = ENGINES[name].create(home.home, documents(count))
        took, waited = home.cpu_seconds() - started, time.monotonic() - began
        print(f"{name} {count}: {took:.0f} s of CPU ({waited:.0f} s) to build, ", end="")
        print(f"{count / took:.0f} documents/s, {home.megabytes():.0f} MB")
        _searches(engine, home, some)
        _writes(engine, home, some)
        print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        engine.close()


def _searches(engine: Engine, home: Home, some: Some) -> None:
    for what, ask in {
        "one word": lambda: engine.search(parse(some(MIDDLE, 1)), HALF),
        "two words": lambda: engine.search(parse(some(MIDDLE, 2)), HALF),
        "one common word": lambda: engine.search(parse(some(COMMON, 1)), HALF),
        "two common words": lambda: engine.search(parse(some(COMMON, 2)), HALF),
        "a sentence": lambda: engine.search(parse(some(MIDDLE, 6)), HALF),
        "a phrase": lambda: engine.search(parse(f'"{some(COMMON, 2)}"'), HALF),
        "no result": lambda: engine.search(parse("xyzzy " + some(MIDDLE, 1)), HALF),
        "similar": lambda: engine.similar(some(MIDDLE, 4) + " " + some(RARE, 2), HALF),
        "similar, misspelt": lambda: engine.similar(some(MIDDLE, 2) + " bokadolax ", HALF),
        "complete": lambda: engine.complete(some(MIDDLE, 1)[:3], HALF),
    }.items():
        measure(home, what, ask)


def _writes(engine: Engine, home: Home, some: Some) -> None:
    few, numbers = list(documents(ROUNDS * 51)), iter(range(ROUNDS * 51))
    measure(home, "write 1", lambda: engine.write([few[next(numbers)]]))
    measure(home, "write 50", lambda: engine.write([few[next(numbers)] for _ in range(50)]))

    def write_and_search() -> object:
        engine.write([few[0]])
        return engine.search(parse(some(MIDDLE, 2)), HALF)

    measure(home, "search after a write", write_and_search)


if __name__ == "__main__":
    for name, count in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        main(name, int(count))
