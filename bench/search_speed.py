"""What searching and writing cost per engine and size: CPU milliseconds, median and p95.

    python -m bench.search_speed whoosh 20000 fts5 20000 fts5 100000

The texts are random words, as unevenly frequent as in a natural language, over ten audiences.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from community.search.documents import Document
from community.search.engine import Scope
from community.search.generations import ENGINES
from community.search.grammar import parse

VOCABULARY, WORDS_PER_TEXT, AUDIENCES, ROUNDS = 40_000, 80, 10, 30
HALF = Scope(audiences=frozenset(range(AUDIENCES // 2)))
COMMON, MIDDLE, RARE = (5, 40), (150, 1_500), (4_000, 20_000)


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


def measure(what: str, work: Callable[[], object]) -> None:
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    ninety_fifth = statistics.quantiles(taken, n=20)[-1]
    print(f"  {what:24} {statistics.median(taken):8.1f} {ninety_fifth:8.1f}", flush=True)


def main(name: str, count: int) -> None:
    chance = random.Random(11)

    def some(band: tuple[int, int], how_many: int) -> str:
        return " ".join(word(chance.randrange(*band)) for _ in range(how_many))

    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        engine = ENGINES[name].create(Path(folder) / "index", documents(count))
        took = time.process_time() - started
        print(f"{name} {count}: built at {count / took:.0f} documents/s")
        measure("one word", lambda: engine.search(parse(some(MIDDLE, 1)), HALF))
        measure("two words", lambda: engine.search(parse(some(MIDDLE, 2)), HALF))
        measure("two common words", lambda: engine.search(parse(some(COMMON, 2)), HALF))
        measure("a sentence", lambda: engine.search(parse(some(MIDDLE, 6)), HALF))
        measure("a phrase", lambda: engine.search(parse(f'"{some(COMMON, 2)}"'), HALF))
        measure("no result", lambda: engine.search(parse("xyzzy " + some(MIDDLE, 1)), HALF))
        measure("similar", lambda: engine.similar(some(MIDDLE, 4) + " " + some(RARE, 2), HALF))
        measure("similar, misspelt", lambda: engine.similar(some(MIDDLE, 2) + " bokadolax ", HALF))
        measure("complete", lambda: engine.complete(some(MIDDLE, 1)[:3], HALF))
        numbers = iter(range(count))
        few = list(documents(ROUNDS * 51))
        measure("write 1", lambda: engine.write([few[next(numbers)]]))
        measure("write 50", lambda: engine.write([few[next(numbers)] for _ in range(50)]))
        measure(
            "search after a write",
            lambda: engine.write([few[0]]) or engine.search(parse(some(MIDDLE, 2)), HALF),
        )
        print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    for name, count in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        main(name, int(count))
