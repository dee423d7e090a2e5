"""The disk fills up under people who write: they are told, and nothing they wrote is lost."""

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from flask import Flask

from tests.crash.clients import Book, Client, writing
from tests.crash.cluster import Cluster
from tests.crash.installation import Installation
from tests.crash.settling import Person, Places, settle_writers
from tests.crash.test_kill import CLIENTS, nothing_is_missing, told, wait_for_more
from tests.servers import postgresql

# An empty cluster takes 40 MB, and its log of changes grows by 16 MB at a time.
SIZE, SIZE_FOR_POSTGRESQL = "48m", "192m"
REFUSED = 12
FULL = 507


@contextmanager
def disk(size: str) -> Iterator[Path]:
    """A small one, under a short name: that of a socket in it is limited."""
    folder = Path(mkdtemp(prefix="guildhall-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "guildhall", str(folder)]
    if os.getuid() or subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("a small disk can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    with disk(SIZE) as folder:
        yield folder


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of its own whose files, and nothing else, lie on the small disk."""
    if not postgresql.found():
        pytest.skip("no PostgreSQL: bin/test installs it")
    with disk(SIZE_FOR_POSTGRESQL) as folder:
        made = Cluster(folder)
        yield made
        made.stop()
        shutil.rmtree(folder / "data")


@pytest.mark.soak
def test_people_are_told_that_the_disk_is_full_and_nothing_they_wrote_is_lost(install, small_disk):
    keeps_its_word(*install(folder=small_disk), small_disk)


@pytest.mark.soak
def test_people_are_told_that_the_disk_of_postgresql_is_full_and_nothing_is_lost(install, cluster):
    keeps_its_word(*install(url=cluster.url), cluster.folder)


@pytest.mark.soak
def test_nothing_is_lost_when_postgresql_itself_gives_up_for_want_of_room(install, cluster):
    """Without room for its log of changes it ends, and somebody must start it again."""
    installation, app = install(url=cluster.url)
    books = books_of(CLIENTS)
    with writers(installation, app, books) as (_people, places):
        fill(cluster.folder)
        with suppress(psycopg.OperationalError), psycopg.connect(cluster.url) as connection:
            while connection.execute("SELECT pg_switch_wal()"):
                connection.commit()
        wait_until(lambda: put_off(books) >= REFUSED)
        (cluster.folder / "ballast").unlink()
        cluster.start()
        wait_for_more(40, books)
    all_is_well(installation, app, places, books)


def keeps_its_word(installation: Installation, app: Flask, folder: Path) -> None:
    books = books_of(CLIENTS)
    with writers(installation, app, books) as (people, places):
        fill(folder)
        wait_until(lambda: put_off(books) >= REFUSED)
        assert typed_text_is_given_back(installation.port, people[0], places)
        (folder / "ballast").unlink()
        room = time.monotonic()
        wait_for_more(1, books)
        print(f"written again {time.monotonic() - room:.1f} s after there was room")
        wait_for_more(40, books)
    all_is_well(installation, app, places, books)
    assert sum(book.put_off[FULL] for book in books)


def books_of(clients: int) -> list[Book]:
    return [Book() for _client in range(clients)]


@contextmanager
def writers(
    installation: Installation, app: Flask, books: Sequence[Book]
) -> Iterator[tuple[list[Person], Places]]:
    """Each client has written some things when the block begins, and writes on in it."""
    people, places = settle_writers(app)
    installation.start()
    clients = [
        Client(installation.port, people[number :: len(books)], places, book, f"{number}")
        for number, book in enumerate(books)
    ]
    with writing(clients):
        wait_for_more(40, books)
        yield people, places


def all_is_well(
    installation: Installation, app: Flask, places: Places, books: Sequence[Book]
) -> None:
    nothing_is_missing(installation, app, places, books)
    assert {status for book in books for status in book.put_off} <= {503, FULL}
    print(f"full disk: {told(books)}")


def fill(folder: Path) -> None:
    """To the last block."""
    with (folder / "ballast").open("wb", buffering=0) as ballast:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    ballast.write(bytes(size))
            except OSError:
                pass


def typed_text_is_given_back(port: int, person: Person, places: Places) -> bool:
    """Too much for the room that is left on pages begun before; some 503 may come first."""
    answers = []
    for _try in range(20):
        typed = secrets.token_hex(8_000)
        form = person.form(text=typed, submission=secrets.token_hex(16))
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", f"/threads/{places.threads[0]}/posts", form, person.headers())
        answer = connection.getresponse()
        answers.append((answer.status, typed in answer.read().decode()))
        connection.close()
        if answer.status == FULL:
            return answers[-1][1]
        time.sleep(0.2)
    raise AssertionError(answers)


def put_off(books: Sequence[Book]) -> int:
    return sum(sum(book.put_off.values()) for book in books)


def wait_until(holds, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
