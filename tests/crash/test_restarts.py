"""PostgreSQL goes away under people who write, in every way it can, and comes back."""

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from signal import Signals
from statistics import median
from tempfile import mkdtemp

import pytest

from tests.crash.clients import Book, Client, writing
from tests.crash.cluster import WAYS, Cluster
from tests.crash.settling import settle_writers
from tests.crash.test_kill import CLIENTS, nothing_is_missing, told, wait_for_more
from tests.servers import postgresql


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if not postgresql.found():
        pytest.skip("no PostgreSQL: bin/test installs it")
    made = Cluster(Path(mkdtemp(prefix="guildhall-pg-")))  # short: the path of a socket is limited
    yield made
    made.stop()
    shutil.rmtree(made.folder)


def test_nothing_acknowledged_is_lost_when_postgresql_restarts(install, cluster):
    keeps_its_word(install, cluster, WAYS)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_fifty_restarts(install, cluster):
    keeps_its_word(install, cluster, [WAYS[number % len(WAYS)] for number in range(50)])


def keeps_its_word(install, cluster: Cluster, ways: Sequence[Signals]) -> None:
    installation, app = install(url=cluster.url)
    people, places = settle_writers(app)
    installation.start()
    books = [Book() for _client in range(CLIENTS)]
    clients = [
        Client(installation.port, people[number::CLIENTS], places, book, f"{number}")
        for number, book in enumerate(books)
    ]
    chance, waits = random.Random(len(ways)), []
    with writing(clients):
        for way in ways:
            wait_for_more(chance.randint(20, 80), books)
            cluster.stop(way)
            cluster.start()
            back = time.monotonic()
            wait_for_more(1, books)
            waits.append(time.monotonic() - back)
    nothing_is_missing(installation, app, places, books)
    print(f"written again {median(waits):.1f} s after it is back, at most {max(waits):.1f} s")
    print(f"{len(ways)} restarts: {told(books)}")
