"""What a page leaves behind, once it has been given."""

import gc

import pytest
from sqlalchemy.orm.state import InstanceState

from tests.community.keeping.test_shared_pages import ALONE, pages
from tests.conftest import sign_in


@pytest.fixture
def left_behind():
    """The kinds of rows that only the collector could free, since it was last asked."""

    def ask() -> list[str]:
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        rows = [one.class_.__name__ for one in gc.garbage if isinstance(one, InstanceState)]
        gc.set_debug(0)
        gc.garbage.clear()
        gc.collect()
        return rows

    gc.collect()
    gc.disable()
    yield ask
    gc.enable()


def test_no_row_that_a_page_showed_waits_for_the_collector(sqlite_app, cast, things, left_behind):
    """It would free them in the midst of other requests: workers of CPython 3.11 died of it."""
    browser = sign_in(sqlite_app.test_client(), cast.ada)
    found = {}
    for url in [*pages(sqlite_app, things), "/search?q=open", "/unread"]:
        assert browser.get(url, headers=ALONE).status_code == 200
        found |= {url: rows} if (rows := left_behind()) else {}
    assert found == {}
