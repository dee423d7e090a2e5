"""Thirty things that somebody cannot read change no byte of what they can: no total, no count."""

import re
from datetime import UTC, datetime

import pytest

from community import buffers, clock
from community.blog.actions import prepare_article, write_article
from community.forum.actions import start_topic
from community.search import indexing
from community.tagging.actions import set_tags
from community.texts.drafts import save_draft
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.wiki.actions import create_page
from community.worker import run_jobs
from ideas.board.actions import propose_idea, write_note
from ideas.voting.actions import vote_for
from tests.conftest import sign_in
from tests.security.cells import address, names, routes
from tests.security.rooms import furnish

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
OUTSIDE = ("visitor", "cleo", "eve", "mo")
NOISE = re.compile(
    r'name="(csrf_token|submission)"[^>]*value="[^"]*"|/search/[\w-]{10,}/|"csrf[^>]*"'
)
WORDS = ("open", "answer", "topic", "idea", "words", "tag:open-tag", "author:ada", "opne", "closed")
OF_WORDS = ("/search?q={}", "/search/suggest?q={}", "/ideas/similar?title={}", "/mentions?q={}")
UNSTABLE = {"/healthz", "/readyz"}


def crawl(app, browsers, known) -> dict[tuple[str, str], str]:
    """Every page of the open things, as each of those outside reads it."""
    urls = [form.format(word) for word in WORDS for form in OF_WORDS]
    for route in routes(app):
        if route.method == "GET" and route.rule.rule not in UNSTABLE:
            with app.test_request_context():
                values = address(route, known)
                urls.append(
                    app.url_map.bind("localhost").build(route.endpoint, values, method="GET")
                )
    seen = {}
    for person, browser in browsers.items():
        for url in urls:
            answer = browser.get(url)
            text = NOISE.sub("", answer.get_data(as_text=True))
            seen[person, url] = f"{answer.status_code} {answer.location} {text}"
            buffers.forget()
    return seen


def add_thirty_closed_things(cast, things) -> None:
    """With the words, tags, authors and readers of the open ones, and newer than they."""
    closed = furnish(cast, "closed", closed=True)
    ada, ben = cast.viewer("ada"), cast.viewer("ben")
    for number in range(6):
        topic = start_topic(
            closed.forum, f"An open topic {number}", prepare("Words @cleo."), by=ada
        )
        set_tags(topic, ["open-tag", f"only-closed-{number}"], by=ada)
        write_post(topic.thread, prepare("An answer for @cleo and @mo."), by=ben)
        idea = propose_idea(closed.board, f"An open idea {number}", prepare("Do it."), by=ada)
        vote_for(idea, by=ben)
        create_page(
            closed.wiki, f"open-page-{number}", f"An open page {number}",
            prepare("[[An open page]] [[Wanted]]"), by=ada,
        )  # fmt: skip
        write_article(closed.blog, f"An open article {number}", prepare_article("Words."), by=ada)
        save_draft(f"reply:{things.topic.thread.public_id}", {"text": "Words"}, by=ada)


@pytest.mark.timeout(600)
def test_what_one_cannot_read_changes_nothing_one_can(sqlite_app, cast):
    with clock.at(NOON):
        indexing.rebuild_index()
        things = furnish(cast, "open", closed=False)
        run_jobs()
        browsers = {name: sqlite_app.test_client() for name in OUTSIDE}
        for name in OUTSIDE[1:]:
            sign_in(browsers[name], getattr(cast, name))
        known = names(cast, things)
        without = crawl(sqlite_app, browsers, known)
        assert crawl(sqlite_app, browsers, known) == without, "the pages hold still"
        inside = {"ben": sign_in(sqlite_app.test_client(), cast.ben)}
        of_ben = crawl(sqlite_app, inside, known)
        add_thirty_closed_things(cast, things)
        run_jobs()
        assert len(changes(of_ben, crawl(sqlite_app, inside, known))) > 10, "the crawl sees changes"
        with_them = crawl(sqlite_app, browsers, known)
    assert not changes(without, with_them)


def test_what_colleagues_note_changes_nothing_for_customers(sqlite_app, cast):
    with clock.at(NOON):
        indexing.rebuild_index()
        things = furnish(cast, "open", closed=False)
        run_jobs()
        browsers = {"visitor": sqlite_app.test_client()}
        browsers["cleo"] = sign_in(sqlite_app.test_client(), cast.cleo)
        known = names(cast, things)
        without = crawl(sqlite_app, browsers, known)
        write_note(things.idea, prepare("Between us, @cleo."), by=cast.viewer("eve"))
        run_jobs()
        with_it = crawl(sqlite_app, browsers, known)
    assert not changes(without, with_it)


def changes(before: dict, after: dict) -> dict[tuple[str, str], str]:
    keys = [key for key in before if before[key] != after[key]]
    return {key: difference(before[key], after[key]) for key in keys}


def difference(before: str, after: str) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    start = max(0, next((n for n, (a, b) in pairs if a != b), min(len(before), len(after))) - 40)
    return f"{before[start : start + 140]!r} → {after[start : start + 140]!r}"
