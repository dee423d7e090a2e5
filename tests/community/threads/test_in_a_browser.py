"""Answering as a person does it: with the browser's help, and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from community.threads.actions import delete_post
from tests.community.threads.conversations import answer, ask
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


def ending(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words) + r"\s*$")


def enter(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("input[name=address]").fill(f"{name}@example.org")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()


def test_quoting_naming_drafting_previewing_and_posting(chromium, address, cast):
    topic = ask(cast)
    quoted = answer(cast, topic, "eve", "Cut the file into *pieces*.")
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    enter(page, address, "ada")
    page.goto(f"{address}/t/{topic.public_id}")
    page.locator("#p2").get_by_role("link", name="Quote").click()
    box = page.locator("#text")
    expect(box).to_have_value(
        f"> [!quote post={quoted.public_id}]\n> Cut the file into pieces.\n\n"
    )
    box.press_sequentially("Thanks @ev", delay=20)
    page.locator(".suggestions li", has_text="Eve").wait_for()
    page.keyboard.press("Enter")
    expect(box).to_have_value(ending("Thanks @eve "))
    expect(page.locator("output")).to_have_text("Draft saved", timeout=5000)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#text-preview cite")).to_have_text("Eve")
    page.reload()
    expect(box).to_have_value(ending("Thanks @eve "))
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#p3 blockquote cite a")).to_have_attribute(
        "href", f"/posts/{quoted.public_id}"
    )
    page.goto(f"{address}/drafts")
    expect(page.get_by_text("No drafts")).to_be_visible()
    assert faults == []


def test_without_scripts_one_quotes_previews_posts_deletes_and_restores(chromium, address, cast):
    topic = ask(cast)
    answer(cast, topic, "eve", "Cut the file into *pieces*.")
    page = chromium.new_context(java_script_enabled=False).new_page()
    enter(page, address, "ada")
    page.goto(f"{address}/t/{topic.public_id}")
    page.locator("#p2").get_by_role("link", name="Quote").click()
    box = page.locator("#text")
    box.fill(box.input_value() + "Thank you.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("main .prose").first).to_contain_text("Thank you.")
    page.get_by_role("button", name="Post", exact=True).click()
    mine = page.locator("#p3")
    expect(mine).to_contain_text("in reply to Eve")
    mine.locator("summary").click()
    mine.get_by_role("button", name="Delete").click()
    expect(mine).to_contain_text("This post was deleted.")
    mine.get_by_role("button", name="Restore").click()
    expect(mine).not_to_contain_text("This post was deleted.")


def test_an_old_address_of_a_post_that_is_gone_shows_the_nearest(chromium, address, cast):
    topic = ask(cast)
    posts = [answer(cast, topic) for _number in range(15)]
    delete_post(posts[-4], by=cast.viewer("ben"))
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}/t/{topic.public_id}/{topic.slug}?post=13#p13")
    expect(page.locator("#p12")).to_be_in_viewport()
    top = page.locator("#p12").evaluate("post => post.getBoundingClientRect().top")
    bar = page.locator(".bar").evaluate("bar => bar.getBoundingClientRect().bottom")
    assert bar <= top < bar + 100


def test_who_thanks_or_watches_with_the_keyboard_goes_on_from_there(chromium, address, cast):
    topic = ask(cast)
    page = chromium.new_page()
    enter(page, address, "ben")
    page.goto(f"{address}/t/{topic.public_id}")
    thanks = page.locator("#p1").get_by_role("button", name="Thank")
    thanks.press("Enter")
    expect(thanks).to_have_text("Thank · 1")
    expect(thanks).to_be_focused()
    page.keyboard.press("Enter")
    expect(thanks).to_have_text("Thank")
    level = page.locator("[id^=watch-topic] summary")
    level.press("Enter")
    page.get_by_role("button", name="Muted").press("Enter")
    expect(level).to_have_text("Muted")
    expect(level).to_be_focused()
