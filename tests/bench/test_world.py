"""The worlds that speed is measured in: small ones stand as the large ones do."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench.inside import Asking, in_a_process_of_its_own
from bench.pages import plan
from bench.world import World, standing
from community.credentials.models import SignIn
from community.database import db, session, table_of
from community.threads.models import Post
from tests.servers import postgresql

POSTS = 600


@pytest.fixture(scope="module")
def worlds() -> Iterator[Path]:
    """Where PostgreSQL gets in, which is another user than root."""
    with tempfile.TemporaryDirectory(prefix="guildhall-worlds-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="guildhall-bench-") as name:
        yield Path(name)


def read_every_page(world: World) -> int:
    """How many posts there are; in a process whose buffers nobody else uses."""
    app = world.make_app()
    chosen, asking = plan(app, world.size), Asking(app)
    for page in chosen.pages:
        for reader in (None, chosen.people[0]):
            assert "</html>" in asking.get(page.paths[0], reader), page.name
    with app.app_context():
        return session.scalar(select(func.count()).select_from(Post)) or 0


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whoever_is_to_read_a_page_of_the_world_can(database, worlds, folder):
    if database == "postgresql" and not postgresql.found():
        pytest.skip("no PostgreSQL server is installed")
    with standing(POSTS, database, folder, kept=worlds) as world:
        assert in_a_process_of_its_own(read_every_page, world) >= POSTS


def test_a_world_that_was_built_is_taken_again_and_stays_as_it_was(worlds, tmp_path):
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        with standing(POSTS, "sqlite", folder, kept=worlds) as world:
            app = world.make_app()
            with app.app_context():
                counted = select(func.count()).select_from(table_of(SignIn))
                before = session.scalar(counted)
                session.remove()
            plan(app, world.size)
            assert before == 0
            with app.app_context():
                db.engine.dispose()
    assert len(list(worlds.glob("sqlite-*"))) == 1
