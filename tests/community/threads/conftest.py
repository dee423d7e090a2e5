"""The house of the tests, served to a real browser."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.servers import browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def address(house: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
