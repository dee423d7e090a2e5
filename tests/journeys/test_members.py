"""Visitors and customers, from what brought them to what they came for."""

import re

import pytest
from playwright.sync_api import Page, expect

from community.forum.actions import start_topic
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.worker import run_jobs
from tests.community.credentials.mailbox import letters, link_in
from tests.ideas.proposals import propose

pytestmark = pytest.mark.browser


@pytest.fixture
def question(live, cast):
    """What Cleo asked, and nobody has answered."""
    cleo = cast.viewer("cleo")
    text = prepare("After the import every note has lost its date.")
    return start_topic(find_space("help", cleo), "Notes without dates", text, by=cleo)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def ask(page: Page, title: str, text: str) -> None:
    page.goto("/c/help")
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your text").fill(text)
    press(page, "Ask")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def answer(page: Page, title: str, text: str) -> None:
    page.goto("/latest")
    page.get_by_role("link", name=title).click()
    page.get_by_label("Your reply").fill(text)
    press(page, "Reply")
    expect(page.get_by_text(text)).to_be_visible()


def test_a_visitor_reads_joins_and_writes(enter, question):
    page = enter().new_page()
    page.goto("/")
    page.get_by_role("link", name="Notes without dates").first.click()
    expect(page.get_by_text("lost its date")).to_be_visible()
    page.get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("Your name").fill("Dora Field")
    page.get_by_label("Username").fill("dora")
    page.get_by_label("E-mail address").fill("dora@nordlicht.example")
    page.get_by_label("Password").fill("seven otters knit")
    press(page, "Join")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    page.goto(link_in(letters("dora@nordlicht.example")[-1]))
    press(page, "Confirm and enter")
    expect(page.get_by_text("Welcome, Dora Field.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notes without dates")
    answer(page, "Notes without dates", "It is the time zone of the file.")


def test_a_customer_asks_and_hears_of_the_answer_and_accepts_it(enter):
    ada, eve = enter("ada").new_page(), enter("eve").new_page()
    ask(ada, "Where is undo?", "I moved 300 accounts by mistake.")
    answer(eve, "Where is undo?", "In the menu of the list.")
    run_jobs()
    ada.goto("/latest")
    ada.get_by_role("link", name="1 unread notification").click()
    ada.get_by_role("link", name=re.compile("Eve .*Where is undo")).click()
    press(ada, "This answers it")
    expect(ada.get_by_role("main").get_by_text("Accepted answer").first).to_be_visible()
    eve.goto("/latest")
    expect(eve.get_by_role("article").filter(has_text="Where is undo?")).to_contain_text("answered")


def test_without_javascript_a_customer_asks_and_accepts_an_answer(enter):
    ada = enter("ada", java_script_enabled=False).new_page()
    eve = enter("eve", java_script_enabled=False).new_page()
    ask(ada, "Where is undo?", "I moved 300 accounts by mistake.")
    answer(eve, "Where is undo?", "In the menu of the list.")
    ada.goto("/latest")
    ada.get_by_role("link", name="Where is undo?").click()
    press(ada, "This answers it")
    expect(ada.get_by_role("main").get_by_text("Accepted answer").first).to_be_visible()


def test_a_customer_finds_a_wish_like_hers_and_votes_and_takes_it_back(enter, cast):
    idea = propose(cast, "Undo for bulk edits", by="cleo")
    run_jobs()
    page = enter("ada").new_page()
    page.goto("/ideas")
    page.get_by_role("link", name="Propose an idea").click()
    page.get_by_label("Your idea in one line").press_sequentially("Undo bulk edits")
    expect(page.locator("#similar")).to_contain_text("Undo for bulk edits")
    page.goto(f"/ideas/{idea.public_id}")
    vote = page.locator(f"#vote-{idea.public_id}")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote.locator("b")).to_have_text("1")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "false")
    expect(vote.locator("b")).to_have_text("0")


def test_a_customer_of_another_organization_finds_no_trace_of_what_is_not_hers(enter, live, cast):
    ada = cast.viewer("ada")
    hidden = start_topic(find_space("nordlicht", ada), "Our prices", prepare("Secret."), by=ada)
    run_jobs()
    page = enter("cleo").new_page()
    for path in ("/", "/latest", "/search?q=prices", "/people/ada"):
        page.goto(path)
        expect(page.locator("body")).not_to_contain_text("Our prices")
    assert page.goto(f"/t/{hidden.public_id}").status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you")


@pytest.mark.parametrize(
    "space", ["/c/help", "/wiki/handbook", "/blogs/stories", "/ideas/b/product"]
)
def test_without_javascript_a_customer_watches_a_space_and_is_back_in_it(enter, space):
    page = enter("ada", java_script_enabled=False).new_page()
    page.goto(space)
    page.locator("main details.menu summary").click()
    page.get_by_role("button", name=re.compile("^Watching")).click()
    assert page.url.endswith(space)
    expect(page.locator("main details.menu summary")).to_contain_text("Watching")
