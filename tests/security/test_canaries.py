"""Nobody reads a word of what is not for them, at any address, in any search, feed or mail."""

import itertools
import re
from pathlib import Path

import pytest

from community.config import settings
from community.search import indexing
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.security.canaries import EVERY, hide_everything
from tests.security.cells import address, names, routes
from tests.security.rooms import furnish

NOISE = re.compile(r'(name="(csrf_token|submission)"[^>]*value="[^"]*"|/search/[\w-]{10,}/)')
NOT_ON_PAGES = {"out of sight tag 0", "out of sight tag 1"}


@pytest.fixture
def house_of_secrets(sqlite_app, cast):
    indexing.rebuild_index()
    things = furnish(cast, "open", closed=False)
    secrets = hide_everything(cast)
    run_jobs()
    return names(cast, things), secrets


@pytest.fixture
def browsers(sqlite_app, cast, house_of_secrets):
    made = {name: sqlite_app.test_client() for name in EVERY}
    for name in EVERY[1:]:
        sign_in(made[name], getattr(cast, name))
    return made


def every_address(app, known, secrets):
    """All pages, of each thing that is not for everybody."""
    for route in routes(app):
        if route.method == "GET":
            yield from addresses(app, route, known, secrets)
    yield from secrets.addresses


def addresses(app, route, known, secrets):
    if not route.rule.arguments:
        yield route.rule.rule
        return
    longest = max(len(found) for found in secrets.names.values())
    for number in range(longest):
        values = dict(known) | {
            kind: found[min(number, len(found) - 1)] for kind, found in secrets.names.items()
        }
        with app.test_request_context():
            yield app.url_map.bind("localhost").build(
                route.endpoint, address(route, values), method="GET"
            )


@pytest.mark.timeout(600)
def test_no_page_shows_anybody_a_word_that_is_not_for_them(sqlite_app, house_of_secrets, browsers):
    known, secrets = house_of_secrets
    leaks, read_by_readers = set(), set()
    pages = dict.fromkeys(every_address(sqlite_app, known, secrets))
    for url, person in itertools.product(pages, EVERY):
        answer = browsers[person].get(url)
        seen = f"{answer.headers}{answer.text}"
        asked = secrets.canaries.foreign(url, person)
        for what in secrets.canaries.foreign(seen, person) - asked:
            leaks.add(f"{person} reads {what} at {url}")
        read_by_readers |= secrets.canaries.foreign(seen, "nobody")
    assert not leaks
    unread = {what for what, _readers in secrets.canaries.words.values()} - read_by_readers
    assert unread <= NOT_ON_PAGES, "what nobody ever reads proves nothing"


def things_to_ask(word: str) -> list[str]:
    return [
        f"/search?q={word}",
        f"/search?q=title:{word}",
        f"/search?q=tag:{word}",
        f"/search?q=-{word}+plain",
        f"/search/suggest?q={word}",
        f"/ideas/similar?title={word}",
        f"/people?q={word}",
        f"/mentions?q={word}",
        f"/tags/{word}",
        f"/wiki/handbook/{word}",
        f"/wiki/closed-wiki/{word}",
    ]


@pytest.mark.timeout(600)
def test_no_search_tells_anybody_that_a_word_is_there(house_of_secrets, browsers):
    """Byte for byte what is said of a word that nobody ever wrote."""
    _known, secrets = house_of_secrets
    never = "cnry" + "0" * 12
    told = set()
    for person in EVERY:
        absent = [browsers[person].get(url) for url in things_to_ask(never)]
        for word, (what, readers) in secrets.canaries.words.items():
            if person in readers:
                continue
            for url, silent in zip(things_to_ask(word), absent, strict=True):
                answer = browsers[person].get(url)
                found = NOISE.sub("", answer.text.replace(word, never))
                if (answer.status_code, found) != (
                    silent.status_code,
                    NOISE.sub("", silent.text),
                ):
                    told.add(f"{person} learns of {what} at {url}")
    assert not told


def test_no_mail_holds_a_word_that_is_not_for_its_reader(cast, house_of_secrets):
    _known, secrets = house_of_secrets
    leaks = set()
    for path in Path(settings().data_dir, "mail").rglob("*.eml"):
        text = path.read_text(errors="replace")
        for person in EVERY[1:]:
            if f"{person}@example.org" in text:
                leaks |= {f"{person}: {what}" for what in secrets.canaries.foreign(text, person)}
    assert not leaks


def test_a_text_that_quotes_or_links_says_nothing_of_what_its_writer_cannot_read(
    house_of_secrets, browsers
):
    """A preview or a post with a quotation of a hidden post is that of a post that never was."""
    _known, secrets = house_of_secrets
    posts = secrets.names["post"] + secrets.names["comment"]
    for post, place in itertools.product(posts, ("", "reply:", "topic:help", "wiki:handbook")):
        texts = [f"> [!quote post={name}]\n> words\n" for name in (post, "aaaaaaaa")]
        said = [
            browsers["cleo"].post("/preview", data={"text": text, "place": place}).text
            for text in texts
        ]
        plain = [NOISE.sub("", page).replace(post, "aaaaaaaa") for page in said]
        assert plain[0] == plain[1], (post, place)
