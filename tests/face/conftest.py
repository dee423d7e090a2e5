"""The gallery, served to a real browser."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.gallery.house import create_gallery
from tests.servers import browser


@pytest.fixture(scope="session")
def gallery() -> Flask:
    return create_gallery()


@pytest.fixture
def drafts(gallery: Flask) -> list[str]:
    """The drafts that the gallery was given."""
    return gallery.config["DRAFTS"]


@pytest.fixture(scope="session")
def gallery_url(gallery: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened
