"""Every test of an engine runs on each of them."""

import pytest

from community import buffers
from community.config import postgresql_url
from community.search.fts5_engine import FTS5Engine
from community.search.generations import Folder
from community.search.postgresql_engine import PostgreSQLEngine
from community.search.postgresql_place import Tables
from community.search.postgresql_tables import NAMES
from community.search.whoosh_engine import WhooshEngine
from tests.conftest import new_database


@pytest.fixture(autouse=True)
def nothing_noted():
    """Searching leaves notes in memory, which belong to one test."""
    yield
    buffers._notes.clear()


@pytest.fixture(params=[WhooshEngine, FTS5Engine, PostgreSQLEngine], ids=lambda kind: kind.name)
def kind(request):
    return request.param


@pytest.fixture(scope="session")
def tables():
    """A database for indexes alone; each test builds its own in place of the last."""
    return Tables(postgresql_url(new_database()) or "")


@pytest.fixture
def place(kind, tmp_path, request):
    """Where an index of this kind lies; there is none yet."""
    if kind is not PostgreSQLEngine:
        return Folder(tmp_path)
    tables = request.getfixturevalue("tables")
    with tables.database.connection() as connection:
        for name in NAMES:
            connection.execute(f"DROP TABLE IF EXISTS search_index_{name}")
    return tables


@pytest.fixture
def home(place, tmp_path):
    """Where an engine of this kind makes its index."""
    return tmp_path / "index" if isinstance(place, Folder) else place.database


@pytest.fixture
def engine(kind, home):
    engine = kind.create(home)
    yield engine
    engine.close()


@pytest.fixture
def found(engine):
    """Write documents and ask: the titles that come back, best first."""
    from community.search.grammar import parse
    from tests.community.search.documents import FOR_EVERYONE

    def ask(text, *documents, scope=FOR_EVERYONE, **how):
        if documents:
            engine.write(documents)
        return [str(hit.title.striptags()) for hit in engine.search(parse(text), scope, **how).hits]

    return ask
