"""A home on each database that has been lived in, its backup, and empty homes to move into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.community.backup.homes import Home, empty_home, lived_in_home


@dataclass(frozen=True)
class BackedUp:
    home: Home
    topic: str
    backup: Path


@pytest.fixture(scope="session")
def backed_up_homes() -> dict[str, BackedUp]:
    return {}


@pytest.fixture
def backed_up(database, backed_up_homes, tmp_path_factory) -> BackedUp:
    """Made once for all tests: they change neither the home nor the backup."""
    if database not in backed_up_homes:
        folder = tmp_path_factory.mktemp(f"backed-up-{database}")
        home, topic = lived_in_home(folder / "home", database)
        backup = folder / "backup.tar"
        home.create(backup)
        home.leave()
        backed_up_homes[database] = BackedUp(home, topic, backup)
    return backed_up_homes[database]


@dataclass(frozen=True)
class Restored:
    home: Home
    rows: dict[str, str]


@pytest.fixture(scope="session")
def restored_homes() -> dict[str, Restored]:
    return {}


@pytest.fixture
def restored(database, backed_up, restored_homes, tmp_path_factory) -> Restored:
    """The backup in a new home, and what its rows were before anybody used it."""
    if database not in restored_homes:
        home = empty_home(tmp_path_factory.mktemp(f"restored-{database}") / "home", database)
        home.restore(backed_up.backup)
        restored_homes[database] = Restored(home, home.rows())
    return restored_homes[database]


@pytest.fixture(scope="session")
def empty_homes() -> dict[str, Home]:
    return {}


@pytest.fixture
def nowhere(database, empty_homes, tmp_path_factory) -> Home:
    """An empty home for all that is refused: it stays empty."""
    if database not in empty_homes:
        folder = tmp_path_factory.mktemp(f"empty-{database}") / "home"
        empty_homes[database] = empty_home(folder, database)
    return empty_homes[database]


@pytest.fixture
def move_in(database, tmp_path) -> Iterator[Callable[[], Home]]:
    """`move_in()`: an empty home on the test's database."""
    made: list[Home] = []

    def move_in() -> Home:
        made.append(empty_home(tmp_path / f"home-{len(made)}", database))
        return made[-1]

    yield move_in
    for home in made:
        home.leave()
