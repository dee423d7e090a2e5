"""Members share pages with their like; each reads exactly what would be made for them alone."""

import re
from os.path import commonprefix

import pytest
from flask import request

from community import buffers, clock
from community.keeping.own import PLACE, TEXT
from community.search import indexing
from community.worker import run_jobs
from tests.community.keeping.test_kept_pages import DONE, FORM, deeds, pages
from tests.conftest import sign_in
from tests.security.cells import names
from tests.security.rooms import furnish

# Tokens are made anew for each form; all else is to be the same to the byte.
TOKENS = re.compile(r'name="(csrf_token|submission)" value="[^"]*"')
ALONE = {"Authorization": "none", "User-Agent": "Mozilla/5.0"}
SHARED = {"User-Agent": "Mozilla/5.0"}
PEOPLE = ("ada", "ben", "cleo", "eve")


@pytest.fixture
def things(app, cast):
    indexing.rebuild_index()
    found = furnish(cast, "open", closed=False)
    run_jobs()
    return found


@pytest.fixture
def browsers(app, cast, things):
    """Everybody has been on a page before, so that their cookies hold a token for forms."""
    found = {name: sign_in(app.test_client(), getattr(cast, name)) for name in PEOPLE}
    for browser in found.values():
        assert browser.get("/settings").status_code == 200
    return found


def read(browser, url, headers) -> str:
    answer = browser.get(url, headers=headers)
    buffers.forget()
    return f"{answer.status_code} {TOKENS.sub('', answer.text)}"


def difference(browser, url) -> str:
    """Where the page as shared leaves the page as made for one; empty where it nowhere does."""
    shared, alone = read(browser, url, SHARED), read(browser, url, ALONE)
    if shared == alone:
        return ""
    at = len(commonprefix([shared, alone]))  # noqa: RUF071
    return f"{url}: {shared[at - 60 : at + 80]!r} is {alone[at - 60 : at + 80]!r}"


def differing(browsers, urls) -> list[str]:
    """Asked three times, so that what was learned from one is given to the next."""
    return [
        f"{name} at {found}"
        for _again in range(3)
        for url in urls
        for name, browser in browsers.items()
        if (found := difference(browser, url))
    ]


def made_in_flask(app, browser, urls) -> list[str]:
    entered = []
    app.before_request_funcs.setdefault(None, []).append(lambda: entered.append(request.path))
    try:
        for url in urls:
            browser.get(url, headers=SHARED)
    finally:
        app.before_request_funcs[None].pop()
    return entered


def test_each_member_reads_what_would_be_made_for_them_alone(app, things, browsers):
    urls = pages(app, things)
    shared = [url for url in urls if url != f"/wiki/{things.wiki.slug}"]
    with clock.at(clock.now()):  # however slow the machine, nothing is too old
        wrong = differing(browsers, urls)
        assert not wrong, "\n".join(wrong[:9])
        assert not made_in_flask(app, browsers["ben"], shared)
    assert not app.extensions["front"].members.learning.disagreements


@pytest.mark.timeout(300)
def test_whatever_is_done_each_reads_their_own(sqlite_app, cast):
    indexing.rebuild_index()
    things = furnish(cast, "open", closed=False)
    run_jobs()
    browsers = {
        name: sign_in(sqlite_app.test_client(), getattr(cast, name)) for name in ("ada", "cleo")
    }
    for browser in browsers.values():
        browser.get("/settings")
    urls, wrong, done = ["/", *pages(sqlite_app, things)[3:]], [], 0
    differing(browsers, urls)
    for name, url in deeds(sqlite_app, names(cast, things)):
        for person in browsers:
            if browsers[person].post(url, data=FORM).status_code not in DONE:
                continue
            done += 1
            browsers[person].get("/settings")  # where a message is told, once
            run_jobs()
            wrong += [
                f"{one}, after {name} by {person}: {found}"
                for page in urls
                for one in browsers
                if (found := difference(browsers[one], page))
            ]
    assert not wrong, "\n".join(wrong[:9])
    assert done > 25
    assert not sqlite_app.extensions["front"].members.learning.disagreements


def test_who_moderates_reads_a_page_made_for_them_alone_and_no_mark_of_its_making(
    app, cast, things
):
    for name in ("mo", "al"):
        browser = sign_in(app.test_client(), getattr(cast, name))
        browser.get("/settings")
        for url in pages(app, things):
            assert not difference(browser, url)
            assert PLACE not in browser.get(url).text and TEXT not in browser.get(url).text
