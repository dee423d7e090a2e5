"""Those who work for the community: what their day asks of them, through the pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from community import clock
from community.blog.models import Article
from community.database import session
from community.forum.actions import start_topic
from community.moderation.actions import flag_subject
from community.moderation.models import Reason
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.wiki.actions import create_page
from community.worker import run_jobs
from metrics.rollups.building import refresh
from tests.ideas.proposals import REASON, propose

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def advertisement(live, cast):
    """Last week Eve answered Ada, and Cleo advertised; Ben flagged it."""
    ada, eve = cast.viewer("ada"), cast.viewer("eve")
    with clock.at(clock.now() - timedelta(days=7)):
        topic = start_topic(find_space("help", ada), "Where is undo?", prepare("Help."), by=ada)
        write_post(topic.thread, prepare("In the menu of the list."), by=eve)
        post = write_post(topic.thread, prepare("Buy my clocks."), by=cast.viewer("cleo"))
        flag_subject(post, Reason.SPAM, by=cast.viewer("ben"))
    run_jobs()
    return post


@pytest.fixture
def shown(live):
    """Numbers about few people are shown, too."""
    before = live.config["SETTINGS"]
    live.config["SETTINGS"] = replace(before, suppress_below=1, rate_from=1)
    yield
    live.config["SETTINGS"] = before


def test_a_product_manager_plans_an_idea_and_its_author_hears_of_it(enter, cast, live):
    idea = propose(cast, "Undo for bulk edits")
    page = enter("pam").new_page()
    page.goto(f"/ideas/{idea.public_id}")
    for status in ("Under review", "Planned"):
        page.get_by_role("link", name="Decide").click()
        page.get_by_role("radio", name=re.compile(f"^{status}")).check()
        page.get_by_label("What do you say to those who want it?").fill(REASON)
        if status == "Planned":
            page.get_by_role("textbox", name="Release").fill("7.4")
        press(page, "Decide")
        expect(page.locator(".idea__meta")).to_contain_text(status)
    page.get_by_role("link", name="Answer officially").click()
    page.get_by_label("Your answer").fill("It comes with 7.4, in **spring**.")
    press(page, "Answer")
    expect(page.get_by_role("region", name="Official response")).to_contain_text("in spring")
    page.goto("/roadmap")
    expect(page.get_by_role("link", name="Undo for bulk edits")).to_be_visible()
    run_jobs()
    ada = enter("ada").new_page()
    ada.goto("/notifications")
    expect(ada.get_by_role("link", name=re.compile("Undo for bulk edits")).first).to_be_visible()


def test_an_employee_revises_a_page_of_the_wiki(enter, live, cast):
    ada = cast.viewer("ada")
    create_page(find_space("handbook", ada), "import", "Import", prepare("Use a file."), by=ada)
    page = enter("eve").new_page()
    page.goto("/wiki/handbook/import")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Your text").fill("Use a CSV file.")
    page.get_by_label("What you changed").fill("Which file")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Use a CSV file.")
    page.get_by_role("link", name="2 revisions").click()
    page.get_by_role("link", name="Which file").click()
    expect(page.locator("ins")).to_contain_text("CSV")


@pytest.mark.parametrize("with_javascript", [True, False])
def test_an_employee_publishes_an_article_that_visitors_read(enter, with_javascript):
    page = enter("eve", java_script_enabled=with_javascript).new_page()
    page.goto("/blogs/stories")
    page.get_by_role("link", name="New article").click()
    page.get_by_label("Title").fill("Nine notes")
    page.get_by_label("Your text").fill("Nobody had a trick.")
    press(page, "Save as a draft")
    press(page, "Publish")
    expect(page.get_by_role("main").get_by_role("button", name="Publish")).to_have_count(0)
    assert session.query(Article).one().is_published
    reader = enter().new_page()
    reader.goto("/blogs")
    reader.get_by_role("link", name="Nine notes").click()
    expect(reader.get_by_role("main")).to_contain_text("Nobody had a trick.")


def test_a_moderator_of_one_space_takes_a_flagged_post_out_of_sight(enter, advertisement):
    page = enter("mo").new_page()
    page.goto("/")
    page.locator("header summary", has_text="Your menu").click()
    page.get_by_role("link", name="Moderation · 1 waiting").click()
    page.get_by_role("link", name="Buy my clocks.").click()
    page.get_by_label("Why?").fill("Advertising.")
    press(page, "Take it out of sight")
    expect(page.get_by_role("main").get_by_role("button", name="Leave it as it is")).to_have_count(
        0
    )
    run_jobs()
    ben = enter("ben").new_page()
    ben.goto("/notifications")
    expect(ben.locator(".notice")).to_contain_text("What you flagged was taken out of sight")
    ben.goto("/latest")
    ben.get_by_role("link", name="Where is undo?").click()
    expect(ben.get_by_role("main")).not_to_contain_text("Buy my clocks.")


def test_a_manager_goes_from_a_number_to_the_rows_behind_it(enter, advertisement, shown):
    refresh()
    page = enter("max").new_page()
    page.goto("/")
    page.get_by_role("navigation", name="Places", exact=True).get_by_text("Metrics").click()
    page.get_by_role("link", name="Engagement").click()
    page.locator(".figure", has_text="Conversation share").locator("dd a").click()
    expect(page.get_by_role("main")).to_contain_text("Listed here:")
    page.get_by_role("link", name="Where is undo?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is undo?")


def test_an_administrator_opens_a_space_and_lets_members_write_in_it(enter):
    page = enter("al").new_page()
    page.goto("/admin/spaces")
    page.get_by_label("Name").fill("Workshop")
    page.get_by_label("What it is for").fill("What members build.")
    press(page, "Open")
    page.get_by_role("combobox", name="Group").select_option(label="Members")
    press(page, "Grant")
    expect(page.get_by_role("row", name=re.compile("Members"))).to_be_visible()
    ada = enter("ada").new_page()
    ada.goto("/topics/new")
    ada.get_by_role("link", name="Workshop").click()
    ada.get_by_label("Title").fill("A clock of bolts")
    ada.get_by_label("Your text").fill("It runs.")
    press(ada, "Post")
    expect(ada.get_by_role("heading", level=1)).to_have_text("A clock of bolts")
