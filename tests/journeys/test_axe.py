"""Every page, in a real browser, before axe: for a phone and a desk, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from community.blog.subjects import name_of
from tests.journeys.places import World

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

GRAVE = ("serious", "critical")
SIZES = {"phone": {"width": 360, "height": 760}, "desk": {"width": 1280, "height": 900}}
MAIN = ("/", "/latest", "/ideas", "/roadmap", "/blogs", "/wiki", "/people", "/metrics",
        "/moderation", "/notifications")  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_grave_fault_or_is_wider_than_the_window(world: World, enter, size):
    page = enter("al", viewport=SIZES[size]).new_page()
    assert faults(page, world.pages) == {}


def test_what_visitors_see_has_no_grave_fault(world: World, enter):
    page = enter(viewport=SIZES["phone"]).new_page()
    doors = ("/sign-in", "/sign-up", "/sign-up/mail", "/reset", "/", "/nowhere")
    assert faults(page, [*doors, *_conversations(world)]) == {}


def test_at_night_the_main_pages_have_no_grave_fault(world: World, enter):
    page = enter("al", viewport=SIZES["desk"], color_scheme="dark").new_page()
    assert faults(page, [*MAIN, *_conversations(world)]) == {}


def _conversations(world: World) -> list[str]:
    things = world.things
    return [
        f"/t/{things.topic.public_id}/{things.topic.slug}",
        f"/ideas/{things.idea.public_id}/{things.idea.slug}",
        f"/wiki/{things.wiki.slug}/{things.page.path}",
        f"/blogs/{things.blog.slug}/{name_of(things.article)}",
    ]


def faults(page: Page, paths: list[str]) -> dict[str, list]:
    """By page: what axe calls serious or critical, and being wider than the window."""
    axe, found = Axe(), {}
    for path in paths:
        page.goto(path)
        graves = [
            (fault["id"], [node["html"][:160] for node in fault["nodes"]][:3])
            for fault in axe.run(page).response["violations"]
            if fault["impact"] in GRAVE
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        graves += [("wider than the window by", wide)] if wide > 0 else []
        if graves:
            found[path] = graves
    return found
