"""A power cut, on SQLite: only what was synced is still there, and it is all that was acknowledged.

A library that is loaded before all others copies each file of the database when it is synced. What
a cut leaves is put together from these copies: without anything that was not synced, or with what
was on its way to one of the two files.
"""

import fcntl
import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from community.database import db, session
from tests.crash import checks
from tests.crash.clients import Book, Client, writing
from tests.crash.installation import Installation
from tests.crash.settling import settle_writers
from tests.crash.test_kill import CLIENTS, wait_for_more

SOURCE = Path(__file__).with_name("power.c")
# Which of the two files has, beside what was synced, what was written since.
ON_ITS_WAY = {"nothing": "", "pages": "guildhall.sqlite3", "the log's end": "guildhall.sqlite3-wal"}
FILES = ("guildhall.sqlite3", "guildhall.sqlite3-wal")
AT_ANY_MOMENT = (checks.lost_replies, checks.wrong_counters, checks.repeated_votes,
                 checks.missing_events, checks.broken_database)  # fmt: skip
CUTS = 12

pytestmark = pytest.mark.soak


class Disk:
    """The installation's database, and what of it is synced."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.watched, self.shadow = installation.folder, folder / "synced"
        self.shadow.mkdir()
        library = folder / "power.so"
        command = ["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"]
        subprocess.run(command, check=True)
        installation.environ |= {
            "LD_PRELOAD": str(library),
            "WATCHED": f"{self.watched}/guildhall.sqlite3",
            "SHADOW": str(self.shadow),
        }

    def keep_all(self) -> None:
        for name in FILES:
            if (self.watched / name).exists():
                shutil.copy(self.watched / name, self.shadow)

    @contextmanager
    def no_sync_ending(self) -> Iterator[None]:
        with (self.shadow / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def after_a_cut(self, folder: Path, on_its_way: str) -> None:
        folder.mkdir()
        for name in FILES:
            source = self.watched if name == on_its_way else self.shadow
            if (source / name).exists():
                shutil.copy(source / name, folder)


def test_what_was_acknowledged_is_there_after_a_power_cut(install, tmp_path):
    found = cut_often(install, tmp_path)
    assert found == {what: [] for what in found}


@pytest.mark.fault("NORMAL sync", caught_by="acknowledged writes looked for after a power cut")
def test_commits_without_a_sync_are_lost_in_a_power_cut(install, tmp_path):
    found = cut_often(install, tmp_path, fault="commits_without_sync")
    assert any("was acknowledged and is lost" in one for one in found["nothing"])


def cut_often(install, tmp_path: Path, *, fault: str = "") -> dict[str, list[str]]:
    """What is wrong afterwards, by what was on its way."""
    if not shutil.which("cc"):
        pytest.skip("no C compiler here to make the library with")
    live = tmp_path / "live"
    live.mkdir()
    installation, app = install(folder=live, fault=fault)
    people, places = settle_writers(app)
    with app.app_context():
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        session.remove()
        db.engine.dispose()
    disk, books = Disk(installation, tmp_path), [Book() for _client in range(CLIENTS)]
    disk.keep_all()
    installation.start()
    clients = [
        Client(installation.port, people[number::CLIENTS], places, book, f"{number}")
        for number, book in enumerate(books)
    ]
    chance, taken = random.Random(CUTS), []
    with writing(clients):
        for cut in range(CUTS):
            wait_for_more(chance.randint(20, 60), books)
            known = [Book(dict(book.replies)) for book in books]
            with disk.no_sync_ending():
                for what, name in ON_ITS_WAY.items():
                    taken.append((what, tmp_path / f"{cut} {what}", known))
                    disk.after_a_cut(taken[-1][1], name)
    assert installation.stop() == 0
    found: dict[str, list[str]] = {what: [] for what in ON_ITS_WAY}
    for what, folder, known in taken:
        found[what] += wrong_in(install, folder, known)
    replies = sum(sum(book.replies.values()) for book in taken[-1][2])
    print(f"{CUTS} power cuts x {len(ON_ITS_WAY)}: {replies} replies acknowledged;", end=" ")
    print({what: len(sentences) for what, sentences in found.items()}, "complaints")
    return found


def wrong_in(install, folder: Path, books: Sequence[Book]) -> list[str]:
    _installation, app = install(folder=folder)
    with app.app_context():
        found = [one for check in AT_ANY_MOMENT for one in check(books)]
        session.remove()
        db.engine.dispose()
    return found
