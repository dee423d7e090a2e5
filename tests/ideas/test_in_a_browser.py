"""Ideas in a real browser: votes in place, similar ideas while typing, every page under axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from community.search.indexing import rebuild_index
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.worker import run_jobs
from ideas.board.actions import write_note
from ideas.board.models import Idea
from ideas.board.statuses import Status
from ideas.voting.actions import vote_for
from tests.ideas.proposals import decide, propose
from tests.servers import browser
from tests.servers.live import serving
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not browser.found():
        pytest.skip("no Chromium here")
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def idea(house, cast) -> Idea:
    """With a vote, a comment, a note and a decision: everything that its page can show."""
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    write_post(idea.thread, prepare("Daily."), by=cast.viewer("ben"))
    write_note(idea, prepare("Renewal."), by=cast.viewer("eve"))
    decide(cast, idea, Status.UNDER_REVIEW, reason=prepare("We are looking at it this week."))
    planned = propose(cast, "Offline orders")
    decide(cast, planned, Status.UNDER_REVIEW)
    decide(cast, planned, Status.PLANNED, release="7.4")
    run_jobs()
    rebuild_index()
    return idea


@pytest.fixture
def site(house, idea) -> Iterator[str]:
    with serving(house) as address:
        yield address


def enter(chromium: Browser, site: str, name: str, **options) -> Page:
    page = chromium.new_context(**options).new_page()
    page.goto(f"{site}/sign-in")
    page.fill("[name=address]", f"{name}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def test_a_vote_counts_in_place_and_keeps_the_focus(chromium, site, idea):
    page = enter(chromium, site, "cleo")
    page.goto(f"{site}/ideas")
    button = page.locator(f"#vote-{idea.public_id}")
    button.click()
    page.wait_for_selector(f"#vote-{idea.public_id}[aria-pressed=true]")
    assert button.locator("b").inner_text() == "2"
    assert page.evaluate("document.activeElement.id") == f"vote-{idea.public_id}"
    button.click()
    page.wait_for_selector(f"#vote-{idea.public_id}[aria-pressed=false]")
    assert button.locator("b").inner_text() == "1"


def test_similar_ideas_appear_while_typing_and_mine_too_keeps_the_text(chromium, site, idea):
    page = enter(chromium, site, "cleo")
    page.goto(f"{site}/ideas/b/product/new")
    page.fill("#text", "My own words.")
    page.type("#title", "undo bulk")
    page.wait_for_selector("#similar .idea")
    page.click(f"#vote-{idea.public_id}")
    page.wait_for_selector(f"#vote-{idea.public_id}[aria-pressed=true]")
    assert page.input_value("#text") == "My own words."


def test_without_javascript_a_vote_comes_back_to_the_list(chromium, site, idea):
    page = enter(chromium, site, "cleo", java_script_enabled=False)
    page.goto(f"{site}/ideas?sort=top")
    page.click(f"#vote-{idea.public_id}")
    assert page.url == f"{site}/ideas?sort=top"
    assert page.get_attribute(f"#vote-{idea.public_id}", "aria-pressed") == "true"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_finds_or_is_wider_than_a_phone(chromium, site, idea, theme):
    page = enter(chromium, site, "pam", viewport={"width": 360, "height": 800}, color_scheme=theme)
    at = f"/ideas/{idea.public_id}"
    for path in ("/ideas", at, f"{at}/status", f"{at}/response", f"{at}/edit", "/roadmap",
                 "/ideas/b/product/new", "/ideas/similar?title=undo+bulk"):  # fmt: skip
        page.goto(site + path)
        faults = Axe().run(page).response["violations"]
        found = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults]
        assert found == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
