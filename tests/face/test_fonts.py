"""The two fonts of the face, on a line on which they come late."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.servers.live import serving

pytestmark = pytest.mark.browser

OURS = {"h1": "Source Serif 4 SemiBold", ".post p": "Inter"}
IS_SHOWN = "performance.getEntriesByName('first-contentful-paint').length"
PLACES = """() => [...document.querySelectorAll("body *")].map(part => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    return [part.localName, part.className, left, top, right, bottom];
})"""


@dataclass
class SlowLine:
    """Hands fonts on when they are let through, and all else at once."""

    app: WSGIApplication
    open: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith(".woff2"):
            self.open.wait(30)
        return self.app(environ, start)


@pytest.fixture
def line(gallery: Flask) -> SlowLine:
    return SlowLine(gallery)


@pytest.fixture
def address(line: SlowLine) -> Iterator[str]:
    with serving(line) as address:
        yield address
        line.open.set()


@pytest.fixture(params=[360, 1280])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


def test_fonts_that_come_late_move_nothing_and_are_there_on_the_next_page(
    page: Page, address: str, line: SlowLine
) -> None:
    page.goto(f"{address}/topic", wait_until="commit")
    page.wait_for_function(IS_SHOWN)
    page.wait_for_load_state("domcontentloaded")
    before = page.evaluate(PLACES)
    assert not set(fonts(page).values()) & set(OURS.values())
    line.open.set()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(PLACES) == before
    page.goto(f"{address}/topic")
    assert fonts(page) == OURS


def test_each_font_is_asked_for_once(page: Page, address: str, line: SlowLine) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    line.open.set()
    page.goto(f"{address}/topic", wait_until="networkidle")
    assert len([url for url in asked if url.endswith(".woff2")]) == len(OURS)


def fonts(page: Page) -> dict[str, str]:
    """What the words of each are really set in, first of all."""
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    found = {}
    for part in OURS:
        node = browser.send("DOM.querySelector", {"nodeId": root, "selector": part})
        used = browser.send("CSS.getPlatformFontsForNode", node)["fonts"]
        found[part] = max(used, key=lambda font: font["glyphCount"])["familyName"]
    return found
