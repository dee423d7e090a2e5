"""The house of the tests, served to a real browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.servers import browser
from tests.servers.live import serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def address(house: Flask) -> Iterator[str]:
    with serving(house) as address:
        yield address
