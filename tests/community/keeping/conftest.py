"""A community with something of everything that pages are kept of."""

import pytest

from community.database import session, write_transaction
from community.keeping.front import Front
from community.keeping.learning import AGREEMENTS_TO_TRUST
from community.members.models import Segment
from community.search import indexing
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.security.rooms import furnish
from tests.world import join


@pytest.fixture
def things(sqlite_app, cast):
    indexing.rebuild_index()
    found = furnish(cast, "open", closed=False)
    run_jobs()
    return found


@pytest.fixture
def front(sqlite_app):
    """Of a house where all views have long shown that they mark what is their readers' own."""
    front: Front = sqlite_app.extensions["front"]
    front.forget()
    front.members.learning.agreed.clear()
    for endpoint in sqlite_app.view_functions:
        front.members.learning.agreed[endpoint] = AGREEMENTS_TO_TRUST
    yield front
    front.members.learning.agreed.clear()
    front.members.learning.disagreements.clear()
    front.members.learning.distrusted.clear()
    front.forget()


@pytest.fixture
def people(cast):
    """Three who may do the same, and are not each other's authors."""
    with write_transaction():
        place = {"organization_id": cast.ada.organization_id}
        found = {name: join(name, Segment.CUSTOMER, **place) for name in ("dan", "fay", "gus")}
    session.commit()
    return found


@pytest.fixture
def browsers(sqlite_app, things, front, people):
    found = {name: sign_in(sqlite_app.test_client(), one) for name, one in people.items()}
    for browser in found.values():
        browser.get("/settings")
    return found


@pytest.fixture
def ben(sqlite_app, cast):
    """Who has been here before, and has done nothing just now."""
    browser = sign_in(sqlite_app.test_client(), cast.ben)
    browser.get("/settings")
    browser.delete_cookie("acted")
    return browser
