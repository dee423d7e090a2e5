"""Whatever is done, a visitor reads of it at once: what is kept is what would be made anew."""

import pytest

from community import buffers
from community.search import indexing
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.security.cells import address, names, routes
from tests.security.rooms import furnish

# Nothing here is about one browser alone, or ends the acting member's own stay.
LEFT_OUT = {"credentials", "api", "settings", "metrics", "privacy", "health", "importers"}
DONE = {200, 204, 303}
FORM = {
    "text": "Other words.", "title": "Another title", "name": "Another name", "tags": "fresh",
    "description": "Said anew.", "level": "watching", "reason": "rude", "status": "planned",
    "segment": "partner", "decision": "dismissed", "space": "open-category", "kind": "category",
    "slug": "another-space", "summary": "Why.", "days": "7", "path": "another-page",
    "headline": "Another headline", "version": "1.2", "base": "1", "revision": "1",
    "quarter": "2027-1", "promise": "next", "username": "another", "until": "2030-01-01",
}  # fmt: skip


def pages(app, things) -> list[str]:
    with app.test_request_context():
        found = [
            "/", "/latest", "/unanswered", f"/c/{things.forum.slug}", "/ideas", "/roadmap",
            f"/t/{things.topic.public_id}/{things.topic.slug}",
            f"/ideas/{things.idea.public_id}/{things.idea.slug}",
            f"/wiki/{things.wiki.slug}", f"/wiki/{things.wiki.slug}/{things.page.path}",
        ]  # fmt: skip
    return found


def read(visitor, urls) -> dict[str, tuple[int, str]]:
    """Without being counted: how often it was read, a page may say for some minutes."""
    answers = {url: visitor.get(url, headers={"Sec-Purpose": "prefetch"}) for url in urls}
    return {url: (answer.status_code, answer.text) for url, answer in answers.items()}


def deeds(app, known):
    """Every address that writes, the gentle ones first."""
    harsh = ("delet", "remov", "hid", "withdraw", "move", "suspen")
    found = [
        route
        for route in routes(app)
        if route.method == "POST" and route.endpoint.split(".")[0] not in LEFT_OUT
    ]
    for route in sorted(found, key=lambda one: any(word in one.rule.rule for word in harsh)):
        with app.test_request_context():
            urls = app.url_map.bind("localhost")
            yield route.name, urls.build(route.endpoint, address(route, known), method="POST")


@pytest.mark.timeout(300)
def test_a_visitor_reads_every_change_at_once(sqlite_app, cast):
    indexing.rebuild_index()
    things = furnish(cast, "open", closed=False)
    run_jobs()
    urls, known = pages(sqlite_app, things), names(cast, things)
    visitor, front = sqlite_app.test_client(), sqlite_app.extensions["front"]
    people = {
        name: sign_in(sqlite_app.test_client(), getattr(cast, name)) for name in ("cleo", "al")
    }
    before, done, changed, stale = read(visitor, urls), [], 0, []
    for name, url in deeds(sqlite_app, known):
        for person, browser in people.items():
            if browser.post(url, data=FORM).status_code not in DONE:
                continue
            done.append(name)
            buffers.flush()
            run_jobs()
            kept = read(visitor, urls)
            front.forget()
            anew = read(visitor, urls)
            stale += [
                f"{page} after {name} by {person}" for page in urls if kept[page] != anew[page]
            ]
            changed += anew != before
            before = anew
    assert not stale
    assert len(set(done)) > 30 and changed > 20, f"{len(set(done))} deeds, {changed} changes"


@pytest.mark.parametrize("page", ["/latest", "topic"])
def test_the_second_visitor_gets_the_page_without_asking_the_database(page, app, cast):
    things = furnish(cast, "open", closed=False)
    url = f"/t/{things.topic.public_id}/{things.topic.slug}" if page == "topic" else page
    first = app.test_client().get(url)
    entered = []
    app.before_request_funcs.setdefault(None, []).append(lambda: entered.append(1))
    try:
        second = app.test_client().get(url)
    finally:
        app.before_request_funcs[None].pop()
    assert not entered and first.data == second.data
    assert sorted(first.headers) == sorted(second.headers)
