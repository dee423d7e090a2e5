"""A browser, and the whole house behind an address: with forms that want their token."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from community.search.indexing import rebuild_index
from tests.conftest import sign_in
from tests.journeys.places import World, furnish_all
from tests.servers import browser
from tests.servers.live import serving
from tests.world import Cast

Enter = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def live(sqlite_app: Flask) -> Iterator[Flask]:
    """The application as it is outside tests: faults are pages, forms carry a token."""
    before = {
        name: sqlite_app.config[name] for name in ("WTF_CSRF_ENABLED", "PROPAGATE_EXCEPTIONS")
    }
    sqlite_app.config.update(WTF_CSRF_ENABLED=True, PROPAGATE_EXCEPTIONS=False)
    rebuild_index()
    yield sqlite_app
    sqlite_app.config.update(before)


@pytest.fixture
def site(live: Flask, cast: Cast) -> Iterator[str]:
    with serving(live) as address:
        yield address


@pytest.fixture
def world(live: Flask, cast: Cast) -> World:
    return furnish_all(live, cast)


@pytest.fixture
def enter(chromium: Browser, site: str, live: Flask, cast: Cast) -> Iterator[Enter]:
    """`enter("ada")`: a browser of theirs; of somebody not signed in without a name."""
    opened: list[BrowserContext] = []

    def enter(name: str | None = None, **options) -> BrowserContext:
        context = chromium.new_context(base_url=site, **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        if name:
            cookie = sign_in(live.test_client(), getattr(cast, name)).get_cookie("session")
            context.add_cookies([{"name": "session", "value": cookie.value, "url": site}])
        return context

    yield enter
    for context in opened:
        context.close()
