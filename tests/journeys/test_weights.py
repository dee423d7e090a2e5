"""What a page costs to read: bytes over the wire, requests, and nothing that jumps."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from community.blog.subjects import name_of
from tests.journeys.places import World

pytestmark = pytest.mark.browser

BUDGETS = {"document": 15_000, "stylesheet": 15_000, "script": 30_000}
MOST_REQUESTS = 8
SHIFTS = """() => new Promise(done => {
    let total = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => total += entry.value))
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(total)));
})"""


@pytest.fixture
def pages(world: World) -> dict[str, str]:
    things = world.things
    return {
        "topic": f"/t/{things.topic.public_id}/{things.topic.slug}",
        "latest": "/latest",
        "home": "/",
        "ideas": "/ideas",
        "idea": f"/ideas/{things.idea.public_id}/{things.idea.slug}",
        "wiki": f"/wiki/{things.wiki.slug}/{things.page.path}",
        "article": f"/blogs/{things.blog.slug}/{name_of(things.article)}",
    }


@pytest.mark.parametrize("name", [None, "ada"])
def test_pages_to_read_keep_their_budgets(pages, enter, name, record_property):
    for title, path in pages.items():
        page = enter(name).new_page()
        answers: list[Response] = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        page.goto(path, wait_until="networkidle")
        weights = _weights(answers)
        record_property(title, weights)
        print(name, title, len(answers), weights)
        assert {kind: weights[kind] for kind in BUDGETS if weights[kind] > BUDGETS[kind]} == {}
        assert len(answers) <= MOST_REQUESTS, [urlsplit(one.url).path for one in answers]
        assert page.evaluate(SHIFTS) < 0.02, title
        _stays_at_home(page, answers)


def _weights(answers: list[Response]) -> dict[str, int]:
    weights = dict.fromkeys(BUDGETS, 0)
    for answer in answers:
        kind = answer.request.resource_type
        if kind in BUDGETS:
            weights[kind] += len(gzip.compress(answer.body(), 6))
    return weights


def _stays_at_home(page: Page, answers: list[Response]) -> None:
    assert {urlsplit(one.url).netloc for one in answers} == {urlsplit(page.url).netloc}
