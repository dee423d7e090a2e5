"""A community with something of everything that pages are kept of."""

import pytest

from community.search import indexing
from community.worker import run_jobs
from tests.security.rooms import furnish


@pytest.fixture
def things(sqlite_app, cast):
    indexing.rebuild_index()
    found = furnish(cast, "open", closed=False)
    run_jobs()
    return found
