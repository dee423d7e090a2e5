"""Every component, with hard content, in a real browser: for all eyes, widths and hands."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.gallery.house import PAGES

pytestmark = pytest.mark.browser

ALL = [*PAGES, "visitor", "errors/404", "errors/400"]
SHIFTS = """() => new Promise(done => {
    let total = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => total += entry.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(total), 400);
})"""
TRANSLATED = ["Diskussionen", "Verbesserungsvorschläge", "Wissen", "Artikel", "Kennzahlen"]
RENAME_PLACES = """words => [...document.querySelectorAll(".places-bar a")].forEach((place, at) => {
    place.textContent = words[at] ?? place.textContent;
})"""
PLACES_AT_THE_FOOT = """() => [".places-bar", ".foot ul", ".places-bar a"].flatMap(
    name => [...document.querySelectorAll(name)].map(found => {
        const { left, top, right, bottom } = found.getBoundingClientRect();
        return [left, top, right, bottom];
    })
)"""


@pytest.fixture(params=["light", "dark"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        color_scheme=request.param, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def light(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing_serious(page: Page, gallery_url: str, name: str) -> None:
    page.goto(f"{gallery_url}/{name}")
    found = Axe().run(page).response["violations"]
    grave = [fault for fault in found if fault["impact"] in ("serious", "critical", "moderate")]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in grave] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", ALL)
def test_no_page_is_wider_than_the_window(
    light: Page, gallery_url: str, name: str, width: int
) -> None:
    light.set_viewport_size({"width": width, "height": 700})
    light.goto(f"{gallery_url}/{name}")
    assert light.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_no_more_than_eight_things(
    light: Page, gallery_url: str, name: str
) -> None:
    asked: list[str] = []
    light.on("request", lambda request: asked.append(request.url))
    light.goto(f"{gallery_url}/{name}", wait_until="networkidle")
    assert len(asked) <= 8
    assert all(url.startswith(gallery_url) for url in asked)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_arrives(light: Page, gallery_url: str, name: str) -> None:
    light.goto(f"{gallery_url}/{name}")
    assert light.evaluate(SHIFTS) < 0.02


@pytest.mark.parametrize("name", ALL)
def test_a_page_works_without_a_word_in_the_console(
    light: Page, gallery_url: str, name: str
) -> None:
    said: list[str] = []
    light.on("console", lambda message: said.append(message.text))
    light.on("pageerror", lambda error: said.append(str(error)))
    light.goto(f"{gallery_url}/{name}", wait_until="networkidle")
    assert [words for words in said if "404" not in words and "400" not in words] == []


def test_each_paragraph_reads_in_its_own_direction(light: Page, gallery_url: str) -> None:
    light.goto(f"{gallery_url}/topic")
    arabic, english, quoted = light.evaluate("""() => {
        const text = document.querySelector("main").appendChild(document.createElement("div"));
        Object.assign(text, {className: "prose", dir: "auto"});
        text.innerHTML = "<p>مرحبا.<p>Hello.<blockquote><p>Quoted.</blockquote>";
        const [left, right] = (box => [box.left, box.right])(text.getBoundingClientRect());
        return [...text.querySelectorAll("p")].map(paragraph => {
            const words = document.createRange();
            words.selectNodeContents(paragraph);
            const box = words.getBoundingClientRect();
            return box.left - left < right - box.right ? "left" : "right";
        });
    }""")
    assert (arabic, english) == ("right", "left")
    assert quoted == "right", "a quotation stands beside its line"


@pytest.mark.parametrize("width", [320, 360])
def test_all_places_at_the_foot_can_be_read_whatever_they_are_called(
    light: Page, gallery_url: str, width: int
) -> None:
    light.set_viewport_size({"width": width, "height": 640})
    light.goto(f"{gallery_url}/topic")
    for words in ([], TRANSLATED, ["Ein" + "halb" * 20]):
        light.evaluate(RENAME_PLACES, words)
        light.evaluate("scrollTo(0, 0)")
        bar, _foot, *places = light.evaluate(PLACES_AT_THE_FOOT)
        assert round(bar[3]) == 640
        assert all(left >= 0 and right <= width for left, _top, right, _bottom in places), words
        assert not any(overlap(one, other) for one, other in combinations(places, 2)), words
        light.evaluate("scrollTo(0, document.body.scrollHeight)")
        bar, foot, *_places = light.evaluate(PLACES_AT_THE_FOOT)
        assert not overlap(bar, foot), "what stands last on the page is not behind it"


@pytest.mark.parametrize("size", ["100%", "150%"])
def test_what_is_scrolled_to_lies_above_two_rows_of_places_at_the_foot(
    light: Page, gallery_url: str, size: str
) -> None:
    light.set_viewport_size({"width": 320, "height": 640})
    light.goto(f"{gallery_url}/topic")
    light.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
    light.evaluate(RENAME_PLACES, ["Diskussionen", "Vorschläge", "Wissen", "Artikel", "Zahlen"])
    rows = light.evaluate(PLACES_AT_THE_FOOT)[2:]
    assert len({top for _left, top, _right, _bottom in rows}) == 2
    light.evaluate("document.querySelector('.post').scrollIntoView({ block: 'end' })")
    bar, _foot, *_places = light.evaluate(PLACES_AT_THE_FOOT)
    assert light.evaluate("document.querySelector('.post').getBoundingClientRect().bottom") < bar[1]


def overlap(one: list[float], other: list[float]) -> bool:
    left, top, right, bottom = one
    return left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
