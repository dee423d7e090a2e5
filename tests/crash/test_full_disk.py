"""The disk fills up under people who write: they are told, and nothing they wrote is lost."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.clients import Book, Client, writing
from tests.crash.settling import settle_writers
from tests.crash.test_kill import CLIENTS, nothing_is_missing, told, wait_for_more

SIZE = "48m"
REFUSED = 12


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "guildhall", str(folder)]
    if os.getuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.soak
def test_people_are_told_that_the_disk_is_full_and_nothing_they_wrote_is_lost(install, small_disk):
    installation, app = install(folder=small_disk)
    people, places = settle_writers(app)
    installation.start()
    books = [Book() for _client in range(CLIENTS)]
    clients = [
        Client(installation.port, people[number::CLIENTS], places, book, f"{number}")
        for number, book in enumerate(books)
    ]
    with writing(clients):
        wait_for_more(40, books)
        fill(small_disk)
        wait_until(lambda: put_off(books) >= REFUSED)
        (small_disk / "ballast").unlink()
        wait_for_more(40, books)
    nothing_is_missing(installation, app, places, books)
    assert {status for book in books for status in book.put_off} <= {503, 507}
    assert sum(book.put_off[507] for book in books)
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


def put_off(books: list[Book]) -> int:
    return sum(sum(book.put_off.values()) for book in books)


def wait_until(holds, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
