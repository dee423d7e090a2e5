"""An installation of its own for each test; whatever a test leaves running is ended."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from community.database import db, session
from tests.conftest import new_database
from tests.crash.installation import Installation


@pytest.fixture
def install(tmp_path) -> Iterator[Callable[..., tuple[Installation, Flask]]]:
    """`install(fault="…", database="postgresql")`: the installation, and its application here.

    `url`: on that database; `folder`: with its files there.
    """
    made: list[tuple[Installation, Flask]] = []

    def install(
        *, fault: str = "", database: str = "sqlite", url: str = "", folder: Path = tmp_path
    ) -> tuple[Installation, Flask]:
        if database == "postgresql":
            url = new_database()
        installation = Installation(folder, database_url=url, fault=fault)
        made.append((installation, installation.make_app()))
        return made[-1]

    yield install
    for installation, app in made:
        installation.kill_what_is_left()
        with app.app_context():
            session.remove()
            db.engine.dispose()
            app.extensions["front"].forget()
