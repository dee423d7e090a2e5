"""Every text column takes a polyglot, and no page, mail or feed runs it, without the policy."""

import email
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page

from community import clock
from community.config import settings
from community.search.indexing import rebuild_index
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.worker import run_jobs
from tests.community.credentials.mailbox import empty_mailbox
from tests.journeys.places import World
from tests.journeys.polyglot import POLYGLOT, columns, fill_everything

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WATCH = """
window.ran = [];
for (const name of ["alert", "prompt", "confirm", "print"])
  window[name] = (...given) => { window.ran.push(name + ": " + given) };
window.addEventListener("error", event => {
  if (event instanceof ErrorEvent) window.ran.push("error: " + event.message);
});
"""
FOUND = """() => {
  const all = [...document.querySelectorAll("*")];
  const handlers = all.flatMap(e => [...e.attributes].map(a => a.name)).filter(n => /^on/.test(n));
  const addresses = all.map(e => e.getAttribute("href") || e.getAttribute("src") || "")
    .filter(a => /^\\s*(javascript|data|vbscript):/i.test(a) || a === "x");
  const scripts = all.filter(e => e.localName === "script" && !e.src).map(e => e.outerHTML);
  return [...(window.ran || []), ...handlers, ...addresses, ...scripts];
}"""


@pytest.fixture
def filled(world: World) -> World:
    fill_everything()
    empty_mailbox()
    write_post(world.things.topic.thread, prepare(f"@ben {POLYGLOT}"), by=world.cast.viewer("ada"))
    with clock.at(clock.now() + timedelta(minutes=15)):
        run_jobs()
    rebuild_index()
    return world


@pytest.fixture
def page(enter) -> Page:
    context = enter("al", bypass_csp=True)
    context.add_init_script(WATCH)
    return context.new_page()


def test_the_columns_that_people_fill_are_known():
    named = {f"{table.name}.{column.name}" for table, column in columns()}
    assert {"topic.title", "profile.name", "attachment.name", "text.source", "flag.note"} <= named
    assert len(named) > 30


def test_it_runs_where_nobody_escapes_it(page: Page):
    page.goto("/")
    page.set_content(f"<title>{POLYGLOT}</title><p>{POLYGLOT}</p>")
    page.wait_for_function("window.ran.length > 0")
    assert "onerror" in page.evaluate(FOUND)


def test_no_page_runs_it(filled: World, page: Page):
    ran, showing = {}, 0
    for path in [*filled.pages, "/search?q=onerror", f"/mentions/topic:{filled.things.forum.slug}"]:
        answer = page.goto(path)
        assert answer.status < 500 or path == "/readyz", path
        showing += "onerror=alert()" in page.inner_text("body")
        found = page.evaluate(FOUND)
        if found:
            ran[path] = found
    assert ran == {}
    assert showing > len(filled.pages) / 3


def test_no_mail_runs_it(filled: World, page: Page):
    files = sorted((settings().data_dir / "mail").glob("*.eml"))
    letters = [_html(file) for file in files]
    assert any("onerror" in letter for letter in letters)
    for letter in letters:
        page.set_content(letter)
        assert page.evaluate(FOUND) == []


def _html(file: Path) -> str:
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    return message.get_body(("html", "plain")).get_content()


def test_no_feed_runs_it(filled: World, page: Page, live):
    things = filled.things
    for kind, space in (("space", things.forum), ("wiki", things.wiki), ("blog", things.blog)):
        answer = live.test_client().get(f"/feeds/{kind}/{space.slug}.atom")
        assert answer.status_code == 200
        page.set_content(f"<main>{_unescaped(answer.text)}</main>")
        assert page.evaluate(FOUND) == []


def _unescaped(feed: str) -> str:
    """What a reader makes of it: the contents as the HTML that they are."""
    import feedparser

    return "".join(
        part["value"]
        for entry in feedparser.parse(feed, sanitize_html=False).entries
        for part in entry.get("content", [])
    )
