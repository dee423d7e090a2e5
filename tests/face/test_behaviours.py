"""What the scripts add to a page that works without them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.gallery.house import PEOPLE

pytestmark = pytest.mark.browser


@pytest.fixture
def topic(chromium: Browser, gallery_url: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{gallery_url}/topic")
    yield page
    context.close()


def test_a_draft_is_on_the_server_two_seconds_after_the_last_key(topic: Page, drafts: list) -> None:
    box = topic.get_by_label("Your reply")
    box.fill("I tried it with two hundred.")
    expect(topic.get_by_text("Draft saved")).to_be_visible(timeout=2500)
    assert drafts[-1] == "I tried it with two hundred."


def test_the_preview_opens_in_its_place(topic: Page) -> None:
    topic.get_by_label("Your reply").fill("So it looks")
    topic.get_by_role("button", name="Preview").click()
    expect(topic.locator(".composer__preview")).to_have_text("So it looks")
    assert topic.url.endswith("/topic")


def test_the_toolbar_makes_the_chosen_words_bold(topic: Page) -> None:
    box = topic.get_by_label("Your reply")
    box.fill("bold")
    box.select_text()
    topic.wait_for_function("Boolean(customElements.get('md-bold'))")
    topic.get_by_role("button", name="Bold").click()
    assert box.input_value() == "**bold**"


def test_a_name_is_completed_after_two_letters(topic: Page) -> None:
    box = topic.get_by_label("Your reply")
    box.focus()
    topic.wait_for_function("Boolean(customElements.get('text-expander'))")
    box.fill("")
    box.press_sequentially("@am")
    expect(topic.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    assert box.input_value().strip() == "@amal"


def test_a_chosen_file_takes_its_place_in_the_text(topic: Page, tmp_path: Path) -> None:
    picture = tmp_path / "row.png"
    picture.write_bytes(b"png")
    box = topic.get_by_label("Your reply")
    box.fill("")
    topic.wait_for_function("Boolean(customElements.get('md-bold'))")
    topic.locator("input[type=file]").set_input_files(picture)
    expect(box).to_have_value("![row.png](/files/abcdefgh)\n")


def test_a_quote_goes_into_the_reply(topic: Page) -> None:
    box = topic.get_by_label("Your reply")
    box.fill("")
    topic.locator(".post").first.get_by_text("Quote").click()
    assert box.input_value().startswith("> We are moving off an old system.")


def test_a_form_is_sent_once_however_often_one_presses(topic: Page) -> None:
    sent: list[str] = []
    topic.route("**/reply", lambda route: sent.append(route.request.method))
    topic.locator("form.composer").evaluate("form => form.action = '/reply'")
    press = "form => { form.requestSubmit(); form.requestSubmit() }"
    topic.locator("form.composer").evaluate(press)
    topic.wait_for_timeout(100)
    assert sent == ["POST"]


def test_leaving_with_unsaved_words_asks_first(topic: Page) -> None:
    asked: list[str] = []
    box = topic.get_by_label("Your reply")
    box.focus()
    topic.wait_for_function("Boolean(customElements.get('text-expander'))")
    topic.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    box.press_sequentially("more")
    topic.reload()
    assert asked == ["beforeunload"]


def test_a_menu_closes_on_escape_and_gives_the_focus_back(topic: Page) -> None:
    topic.get_by_text("Your menu").click(force=True)
    expect(topic.get_by_text("Sign out")).to_be_visible()
    topic.keyboard.press("Escape")
    expect(topic.get_by_text("Sign out")).to_be_hidden()
    assert topic.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_menu_at_the_foot_of_the_window_opens_into_sight(topic: Page) -> None:
    menu = topic.locator(".post__foot .menu").first
    menu.evaluate("menu => scrollTo(0, menu.getBoundingClientRect().bottom - innerHeight + 4)")
    menu.locator("summary").click()
    expect(menu.locator(".menu__list")).to_be_in_viewport(ratio=1)


def test_the_theme_that_a_visitor_chose_stays(topic: Page, gallery_url: str) -> None:
    topic.goto(f"{gallery_url}/visitor")
    topic.get_by_role("button", name="Dark").click()
    topic.reload()
    assert topic.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_theme_that_a_member_chose_is_known_where_nobody_can_be_asked(
    topic: Page, gallery_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of an error that is made without the database does not say whose it is."""
    for theme, seen in (("dark", "dark"), ("", "light dark")):
        monkeypatch.setattr(PEOPLE["mo"].profile, "theme", theme)
        for page in ("topic", "errors/503", "errors/404"):
            topic.goto(f"{gallery_url}/{page}")
            assert topic.evaluate("getComputedStyle(document.body).colorScheme") == seen


def test_walking_begins_with_the_post_one_came_for(topic: Page, gallery_url: str) -> None:
    topic.goto(f"{gallery_url}/topic#post-long")
    topic.keyboard.press("j")
    expect(topic.locator(".post.is-current")).to_have_id("post-long")


def test_the_key_for_a_reply_answers_the_post_one_has_walked_to(topic: Page) -> None:
    for _press in range(2):
        topic.keyboard.press("j")
    topic.keyboard.press("r")
    topic.wait_for_url("**?reply_to=mo#reply")
    expect(topic.get_by_label("Your reply")).to_be_focused()


def test_the_key_for_a_reply_answers_the_conversation_where_no_post_was_chosen(topic: Page) -> None:
    topic.keyboard.press("r")
    expect(topic.get_by_label("Your reply")).to_be_focused()
    assert topic.url.endswith("/topic")


def test_on_a_phone_what_one_can_do_with_a_post_stands_on_one_line(topic: Page) -> None:
    topic.set_viewport_size({"width": 360, "height": 740})
    foot = topic.locator(".post__foot").first
    heights = {
        word: foot.get_by_text(word).first.bounding_box()["y"]  # type: ignore[index]
        for word in ("Reply", "Quote", "More", "Thank")
    }
    line = [heights[word] for word in ("Reply", "Quote", "More")]
    assert max(line) - min(line) < 5
    assert heights["Thank"] < min(line) - 20


def test_wide_code_is_one_stop_for_the_keyboard(topic: Page) -> None:
    topic.set_viewport_size({"width": 360, "height": 740})
    topic.reload()
    code = topic.locator(".highlight", has_text="keeps your place")
    assert code.evaluate("code => code.scrollWidth > code.clientWidth"), "or it is no stop at all"
    code.focus()
    topic.keyboard.press("Tab")
    assert not code.evaluate("code => code.contains(document.activeElement)")


def test_code_in_an_arabic_sentence_keeps_its_own_order(topic: Page) -> None:
    code = topic.locator("[dir=auto] code", has_text="--batch 500")
    assert code.evaluate("code => getComputedStyle(code.closest('.prose')).direction") == "rtl"
    assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"


def test_keys_search_walk_and_help(topic: Page) -> None:
    topic.keyboard.press("/")
    assert topic.evaluate("document.activeElement.type") == "search"
    topic.keyboard.press("j")
    assert topic.locator(".bar__search input").input_value() == "j"
    topic.locator("h1").click()
    topic.keyboard.press("j")
    expect(topic.locator(".post.is-current")).to_have_count(1)
    expect(topic.locator(".post.is-current .post__time")).to_be_focused()
    topic.keyboard.press("?")
    expect(topic.get_by_role("dialog")).to_be_visible()


def test_keys_can_be_turned_off(topic: Page) -> None:
    topic.keyboard.press("?")
    topic.get_by_label("Use keyboard shortcuts").uncheck()
    topic.get_by_role("button", name="Close").click()
    topic.keyboard.press("/")
    assert topic.evaluate("document.activeElement.type") != "search"


def test_a_page_can_be_walked_by_keyboard_from_its_skip_link(topic: Page) -> None:
    topic.keyboard.press("Tab")
    assert topic.evaluate("document.activeElement.textContent") == "Skip to the content"
    topic.keyboard.press("Enter")
    assert topic.evaluate("document.activeElement.id") == "main"


def test_a_refused_reply_stays_in_its_form_with_the_reason_beneath(topic: Page) -> None:
    box = topic.get_by_label("Your reply")
    box.fill("It took me an hour.")
    page = '<div role="alert"><h1>Busy right now</h1><p>Please try again.</p></div>'
    topic.route(
        "**/*",
        lambda route: (
            route.fulfill(status=503, content_type="text/html", body=page)
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    topic.get_by_role("button", name="Preview").click()
    expect(topic.get_by_text("Please try again.")).to_be_visible()
    assert box.input_value() == "It took me an hour."
