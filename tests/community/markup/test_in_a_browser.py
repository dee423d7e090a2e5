"""Everything hostile, opened in a real Chromium without a security policy: nothing may run."""

from itertools import islice

import pytest

from community.markup.composing import purify
from tests.community.markup.corpora import combinations, payloads
from tests.community.markup.test_sanitize import _composed
from tests.servers.browser import chromium, found

PER_PAGE = 1200
WATCH = """
window.ran = [];
for (const name of ["alert", "prompt", "confirm", "open", "fetch", "print"])
  window[name] = (...given) => { window.ran.push(name + ": " + given) };
window.addEventListener("error", event => {
  if (event instanceof ErrorEvent) window.ran.push("error: " + event.message);
}, true);
"""
POKE = """() => {
  const kinds = ["mouseover", "mouseenter", "focus", "load", "error", "animationstart", "toggle"];
  for (const element of document.querySelectorAll("body *"))
    for (const kind of kinds) element.dispatchEvent(new Event(kind));
  const odd = [...document.querySelectorAll("[href], [src]")].map(e => e.href || e.src)
    .filter(address => !/^(https?|mailto):/.test(address));
  const foreign = "script, iframe, object, embed, form, style, svg, math, base, meta[http-equiv]";
  return { ran: window.ran, odd, foreign: document.querySelectorAll(foreign).length };
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    if not found():
        pytest.skip("no Chromium here")
    with chromium() as opened:
        yield opened


def _documents(writer, every):
    rendered = [_composed(writer, text) for _, _, text in combinations(every)] + [
        purify(payload)["html"] for payload in payloads()
    ]
    pieces = iter(rendered)
    while page := list(islice(pieces, PER_PAGE)):
        yield "<!doctype html><meta charset=utf-8><title>x</title>" + "".join(
            f"<div>{html}</div>\n" for html in page
        )


def _open(browser, document):
    """The document at an address of ours; whatever else it asks for is refused and noted."""
    page = browser.new_page(bypass_csp=True)
    asked = []

    def answer(route):
        if route.request.url == "http://ours.test/":
            return route.fulfill(body=document, content_type="text/html; charset=utf-8")
        asked.append(route.request.url)
        return route.abort()

    page.route("**/*", answer)
    page.add_init_script(WATCH)
    page.goto("http://ours.test/", wait_until="load")
    found = page.evaluate(POKE)
    address = page.url
    page.close()
    return found, [url for url in asked if not url.startswith("http://ours.test/")], address


def _judge(browser, documents):
    for document in documents:
        found, outside, address = _open(browser, document)
        assert found == {"ran": [], "odd": [], "foreign": 0}
        assert outside == [] and address == "http://ours.test/"


def test_nothing_runs(browser, writer):
    _judge(browser, _documents(writer, every=4))


@pytest.mark.soak
def test_nothing_runs_in_any_container(browser, writer):
    _judge(browser, _documents(writer, every=1))


def test_the_watch_notices_what_runs(browser):
    found, outside, _ = _open(
        browser, "<img src=x onerror=alert(1)><img src=https://e.org/x><a href='javascript:x'>a</a>"
    )
    assert "alert: 1" in found["ran"] and found["odd"] and outside
