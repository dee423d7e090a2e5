"""What a reader's browser has to fetch for a page, and whether the page moves while it does."""

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection

from bench.pages import Plan
from bench.servers import Server
from bench.table import Row, at_most, verdict
from tests.servers import browser

HTML_KB, CSS_KB, JS_KB, MOST_REQUESTS = 15, 15, 30, 8
SHIFT = 0.001  # of the window's size: no eye sees less
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(seen => seen.getEntries().forEach(one => { sum += one.value; }))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 500);
})"""


def weights(server: Server, plan: Plan) -> Iterator[Row]:
    """Of the first page, as a member reads it."""
    page = plan.pages[0]
    html = _fetched(server, page.paths[0], plan.people[0].cookie)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)', html)
    scripts = re.findall(r'<script[^>]* src="([^"]+)', html)
    for name, texts, budget in (
        ("HTML", [html], HTML_KB),
        ("CSS", [_fetched(server, url) for url in styles], CSS_KB),
        ("JS", [_fetched(server, url) for url in scripts], JS_KB),
    ):
        weight = sum(len(gzip.compress(text.encode(), 6)) for text in texts) / 1024
        yield at_most(f"weight of {page.name}, {name}, gz", weight, budget, "kB")
    if browser.found():
        yield from _in_a_browser(server, plan)


def _in_a_browser(server: Server, plan: Plan) -> Iterator[Row]:
    page, asked = plan.pages[0], list[str]()
    name, _equals, value = plan.people[0].cookie.partition("=")
    home = f"http://127.0.0.1:{server.port}"
    with browser.chromium() as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies([{"name": name, "value": value, "url": home}])
        shown = context.new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(home + page.paths[0], wait_until="networkidle")
        moved = shown.evaluate(SHIFTS)
        context.close()
    kinds = ", ".join(sorted(url.partition("?")[0].rpartition("/")[2] for url in asked[1:]))
    yield at_most(f"requests of {page.name}, in Chromium", len(asked), MOST_REQUESTS, "", kinds)
    name = f"layout shift of {page.name}, in Chromium"
    yield Row(name, f"{moved:.4f}", f"≤ {SHIFT}", verdict(moved <= SHIFT))


def _fetched(server: Server, path: str, cookie: str = "") -> str:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return text
