"""The gallery, served to a real browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.gallery.house import create_gallery
from tests.servers import browser
from tests.servers.live import serving


@pytest.fixture(scope="session")
def gallery() -> Flask:
    return create_gallery()


@pytest.fixture
def drafts(gallery: Flask) -> list[str]:
    """The drafts that the gallery was given."""
    return gallery.config["DRAFTS"]


@pytest.fixture(scope="session")
def gallery_url(gallery: Flask) -> Iterator[str]:
    with serving(gallery) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened
