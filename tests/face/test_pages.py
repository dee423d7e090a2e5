"""Every kind of page of the demo community, as a browser shows it."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, StorageState

from tests.scratch import served
from tests.walk import sign_everybody_in, walk

# The demo community is loaded and walked through first, which counts as the first test's time.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
QUIET = ("Failed to load resource", "[DOM]")
MENUS_OUTSIDE = """() => [...document.querySelectorAll("details.menu")].filter(menu => {
  if (!menu.firstElementChild.offsetParent) return false;
  menu.open = true;
  const { left, right } = menu.lastElementChild.getBoundingClientRect();
  menu.open = false;
  return left < 0 || right > innerWidth;
}).map(menu => menu.innerText)"""


@dataclass
class House:
    """The demo community, with everybody signed in and one example of each kind of page."""

    address: str
    browser: Browser
    states: dict[str, StorageState]
    pages: dict[str, str]

    def look(self, person: str, **how: object) -> BrowserContext:
        return self.browser.new_context(storage_state=self.states[person], **how)

    def pages_of(self, person: str) -> list[str]:
        return [path for path, finder in self.pages.items() if finder == person]


@pytest.fixture(scope="module")
def house(chromium: Browser) -> Iterator[House]:
    with served() as address:
        states = sign_everybody_in(chromium, address)
        yield House(address, chromium, states, walk(chromium, address, states))


def test_the_walk_finds_the_rooms(house: House) -> None:
    places = {path.split("/")[1] for path in house.pages}
    assert {"latest", "t", "ideas", "roadmap", "metrics", "people", "search"} <= places


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(house: House, theme: str) -> None:
    faults = []
    for person in ("administrator", "customer", "visitor"):
        context = house.look(person, color_scheme=theme, bypass_csp=True)
        page = context.new_page()
        for path in house.pages_of(person):
            page.goto(house.address + path)
            for fault in Axe().run(page).response["violations"]:
                faults.append((path, fault["id"], fault["nodes"][0]["html"][:200]))
        context.close()
    assert faults == []


def test_no_page_is_wider_than_a_small_phone_or_complains(house: House) -> None:
    wide, out, said = [], [], []
    context = house.look("administrator", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.on("console", lambda message: said.append((page.url, message.text)))
    page.on("pageerror", lambda error: said.append((page.url, str(error))))
    for path in house.pages:
        page.goto(house.address + path)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
        out.extend((path, menu) for menu in page.evaluate(MENUS_OUTSIDE))
    context.close()
    assert wide == []
    assert out == []
    assert [(url, words) for url, words in said if not words.startswith(QUIET)] == []


def test_every_page_fits_its_budget(house: House) -> None:
    heavy = []
    context = house.look("administrator")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in house.pages:
        asked.clear()
        answer = page.goto(house.address + path)
        weight = len(gzip.compress(answer.body()))
        # The browser asks for the icon once, when it likes; a reading is told as a page is left.
        parts = [url for url in asked if not url.endswith("/mark.svg") and "/assets/" in url]
        if weight > 15_000 or len(parts) > 6:
            heavy.append((path, weight, parts))
    context.close()
    assert heavy == []
