"""Every test of an engine runs on each of them."""

import pytest

from community import buffers
from community.search.fts5_engine import FTS5Engine
from community.search.whoosh_engine import WhooshEngine


@pytest.fixture(autouse=True)
def nothing_noted():
    """Searching leaves notes in memory, which belong to one test."""
    yield
    buffers._notes.clear()


@pytest.fixture(params=[WhooshEngine, FTS5Engine], ids=lambda kind: kind.name)
def kind(request):
    return request.param


@pytest.fixture
def engine(kind, tmp_path):
    engine = kind.create(tmp_path / "index")
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
