"""Nobody is given a page, or a part of one, that is somebody else's or was made from a mistake."""

import pickle
import re
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from community import clock
from community.keeping import own, recent
from community.keeping.own import PLACE, TEXT, variants
from community.keeping.parting import Apart, Parted
from community.keeping.sharing import SharedPage
from community.keeping.shelf import Shelf
from community.members.actions import Place, change_profile, change_settings
from community.members.administration import change_place, change_roles, suspend
from community.members.models import Segment
from community.organizations.actions import rename_unit
from community.privacy.actions import ask_for_erasure
from community.spaces.actions import change_space, facts_of
from community.texts.drafts import save_draft
from community.texts.preparation import prepare
from community.threads.actions import reply
from community.viewer import viewer_of
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from ideas.voting.actions import vote_for
from tests.community.keeping.test_shared_pages import ALONE, SHARED, read
from tests.conftest import sign_in

MARK = re.compile(r"\[[0-9a-f]{24}\]")


def cookie_of(browser) -> str:
    return browser.get_cookie("session").value


def page_of(idea) -> str:
    return f"/ideas/{idea.public_id}/{idea.slug}"


def bell(page: str) -> str:
    return page.partition('class="bar__notices"')[2].partition("</a>")[0]


def test_nobody_reads_what_somebody_else_voted_for(browsers, things, people):
    vote_for(things.idea, by=viewer_of(people["dan"]))
    url = "/ideas?whose=voted"
    for _again in range(2):
        assert "A open idea" in browsers["dan"].get(url, headers=SHARED).text
        for name in ("fay", "gus"):
            assert "A open idea" not in browsers[name].get(url, headers=SHARED).text


def test_nobody_reads_what_somebody_else_began_to_write(browsers, things, people):
    place = f"reply:{things.idea.thread.public_id}"
    save_draft(place, {"text": "My secret draft."}, by=viewer_of(people["dan"]))
    for _again in range(2):
        assert "My secret draft." in browsers["dan"].get(page_of(things.idea), headers=SHARED).text
        for name in ("fay", "gus"):
            said = browsers[name].get(page_of(things.idea), headers=SHARED).text
            assert "My secret draft." not in said


def test_who_began_to_write_finds_it_again_where_nobody_has_commented(browsers, things, people):
    for _again in range(2):
        for browser in browsers.values():
            browser.get(page_of(things.idea), headers=SHARED)
    place = f"reply:{things.idea.thread.public_id}"
    save_draft(place, {"text": "My secret draft."}, by=viewer_of(people["dan"]))
    assert "My secret draft." in browsers["dan"].get(page_of(things.idea), headers=SHARED).text


def test_what_is_learned_of_a_page_is_no_count_of_a_moment_ago(
    browsers, things, cast, front, monkeypatch
):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 60)
    dan = sign_in(browsers["dan"].application.test_client(), cast.ada)
    dan.get("/settings")
    dan.get("/latest", headers=SHARED)
    for text in ("Another answer.", "And more."):
        reply(things.topic.thread, prepare(text), by=viewer_of(cast.cleo))
        run_jobs()
        for url in ("/latest", "/unanswered", "/ideas"):
            dan.get(url, headers=SHARED)
    front.members.asking.lately.clear()
    for url in ("/latest", "/unanswered", "/ideas", "/latest"):
        assert bell(read(dan, url, SHARED)) == bell(read(dan, url, ALONE)), url
    assert not front.members.learning.disagreements


@pytest.mark.parametrize("header", ["session ={}", "session\t={}", "a=1;session  = {}"])
def test_a_visitor_is_given_no_page_of_a_member_whose_cookie_is_written_oddly(
    header, sqlite_app, browsers
):
    plain = sqlite_app.test_client(use_cookies=False)
    cookie = header.format(cookie_of(browsers["dan"]))
    said = plain.get("/latest", headers={"Cookie": cookie}).text
    visitor = sqlite_app.test_client().get("/latest").text
    assert "Sign out" not in visitor and "data-theme" not in visitor
    assert not MARK.search(said) and PLACE not in said and TEXT not in said


def test_a_cookie_that_is_no_text_is_nobodys_and_fills_no_log(sqlite_app, things, caplog):
    plain = sqlite_app.test_client(use_cookies=False)
    answer = plain.get("/latest", headers={"Cookie": "session=\xff\xfe"})
    assert answer.status_code == 200 and "Sign out" not in answer.text
    assert not caplog.records


@pytest.mark.parametrize("order", [("ada", "dan"), ("dan", "ada")])
def test_who_sends_two_cookies_is_one_of_the_two_throughout(
    order, sqlite_app, things, browsers, cast
):
    browsers["ada"] = sign_in(sqlite_app.test_client(), cast.ada)
    browsers["ada"].get("/settings")
    plain = sqlite_app.test_client(use_cookies=False)
    cookie = "; ".join(f"session={cookie_of(browsers[name])}" for name in order)
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for _again in range(3):
        shared = read(plain, url, {"Cookie": cookie, **SHARED})
        assert shared == read(plain, url, {"Cookie": cookie, **ALONE})
    for browser in browsers.values():
        assert read(browser, url, SHARED) == read(browser, url, ALONE)


def test_no_page_of_visitors_carries_a_cookie(sqlite_app, things, front):
    topic = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for url in ("/", "/latest", "/ideas", "/roadmap", "/wiki", "/c/help", topic):
        for _again in range(2):
            assert "Set-Cookie" not in sqlite_app.test_client().get(url).headers, url


def test_who_asks_for_the_head_of_a_page_hears_its_length(browsers):
    assert browsers["dan"].head("/latest").content_length > 1000
    length = len(browsers["dan"].get("/latest").data)
    assert browsers["dan"].head("/latest").content_length == length


def test_a_page_is_put_away_while_others_learn_of_it():
    page = SharedPage(Parted(Apart(((b"",),), (), (), ()), {}, b"", ()), 1, Shelf(0), "")
    places = [own.Place("author", (number,)) for number in range(200)]
    page.learned = {(place, Segment.CUSTOMER): (b"",) for place in places[:100]}
    ending = threading.Event()

    def learn() -> None:
        while not ending.is_set():
            for place in places[100:]:
                page.learned[place, Segment.PARTNER] = (b"",)
            for place in places[100:]:
                del page.learned[place, Segment.PARTNER]

    before = sys.getswitchinterval()
    sys.setswitchinterval(0.00005)
    thread = threading.Thread(target=learn)
    thread.start()
    try:
        for _again in range(300):
            pickle.dumps(page)
    finally:
        ending.set()
        thread.join()
        sys.setswitchinterval(before)


def test_what_one_puts_before_all_links_nobody_else_reads(sqlite_app, things, front):
    visitor = sqlite_app.test_client()
    assert 'href="/evil/' in visitor.get("/latest", environ_overrides={"SCRIPT_NAME": "/evil"}).text
    assert "/evil/" not in visitor.get("/latest").text


@pytest.mark.parametrize("kind", ["header.notices", "topic.class"])
def test_whatever_goes_wrong_beside_a_page_it_is_read(kind, browsers, monkeypatch, caplog):
    whole = browsers["dan"].get("/latest", headers=ALONE)

    def fail(*_asked):
        raise KeyError(kind)

    monkeypatch.setitem(variants, kind, fail)
    for _again in range(3):
        assert browsers["dan"].get("/latest", headers=SHARED).status_code == whole.status_code
    assert "kept" in caplog.text


def test_a_page_put_where_another_lay_is_given_to_nobody(sqlite_app, things, front):
    visitor = sqlite_app.test_client()
    for url in ("/latest", "/ideas"):
        visitor.get(url)
    cupboard = front.cupboard
    rows = cupboard.connection.execute("SELECT name, body FROM kept").fetchall()
    (one, first), (other, second) = rows[0], rows[-1]
    assert first != second
    for name, body in ((one, second), (other, first)):
        cupboard.connection.execute("UPDATE kept SET body = ? WHERE name = ?", (body, name))
    front.shelf.clear()
    assert "<title>Ideas" in visitor.get("/ideas").text
    front.shelf.clear()
    assert "<title>Ideas" not in visitor.get("/latest").text


def deeds(cast, things, people):
    """What is done to people and places, each by whoever may: (name, deed)."""
    al, eve = viewer_of(cast.al), cast.eve
    facts = facts_of(things.forum)
    yield (
        "name",
        lambda: change_profile(
            eve, by=viewer_of(eve), name="Eve Anew", headline="", location="", about=None
        ),
    )
    yield "unit", lambda: rename_unit(eve.unit, "Renamed unit", by=al)
    yield "space", lambda: change_space(things.forum, replace(facts, name="Anew"), by=al)
    yield "archive", lambda: change_space(things.forum, replace(facts, archived=True), by=al)
    yield "open again", lambda: change_space(things.forum, facts, by=al)
    yield (
        "place",
        lambda: change_place(
            eve, Place(segment=Segment.PARTNER, organization_id=None), by=al, reason="Moved."
        ),
    )
    yield (
        "role",
        lambda: change_roles(people["dan"], frozenset({"moderator"}), by=al, reason="Trusted."),
    )
    yield "no role", lambda: change_roles(people["dan"], frozenset(), by=al, reason="Not any more.")
    yield "mute", lambda: watch(things.topic, WatchLevel.MUTED, by=viewer_of(people["dan"]))
    yield "language", lambda: change_settings(
        people["dan"], by=viewer_of(people["dan"]), language="de", timezone="Asia/Tokyo",
        theme="dark", languages=("en", "de"),
    )  # fmt: skip
    yield "own name", lambda: change_profile(
        people["dan"], by=viewer_of(people["dan"]), name="<b>Dan & Co", headline="", location="",
        about=None,
    )  # fmt: skip
    yield "suspended", lambda: suspend(people["gus"], by=al, reason="Away with them.")
    yield "erased", lambda: erased(cast.eve)


def erased(member):
    ask_for_erasure(member, by=viewer_of(member))
    run_jobs()
    with clock.at(clock.now() + timedelta(days=40)):
        run_jobs()


def everything(browsers, urls) -> list[str]:
    return [read(browser, url, SHARED) for browser in browsers.values() for url in urls]


def unlike(browsers, urls) -> list[tuple[str, str]]:
    return [
        (name, url)
        for name, browser in browsers.items()
        for url in urls
        if read(browser, url, SHARED) != read(browser, url, ALONE)
    ]


def test_what_is_done_to_people_and_places_everybody_reads_at_once(
    browsers, things, cast, people, front, sqlite_app
):
    reply(things.topic.thread, prepare("Of the house."), by=viewer_of(cast.eve))
    run_jobs()
    browsers["visitor"] = sqlite_app.test_client()
    topic = f"/t/{things.topic.public_id}/{things.topic.slug}"
    urls = [topic, "/latest", f"/c/{things.forum.slug}", page_of(things.idea), "/ideas"]
    for name, deed in deeds(cast, things, people):
        for _again in range(2):
            before = everything(browsers, urls)
        deed()
        assert (name, unlike(browsers, urls)) == (name, [])
        assert name in ("no role", "suspended") or everything(browsers, urls) != before, name
    assert not front.members.learning.disagreements


def test_who_is_erased_stands_on_no_page_that_is_still_on_the_disk(browsers, things, cast, front):
    everything(browsers, ["/latest", f"/t/{things.topic.public_id}/{things.topic.slug}"])
    assert names_in(front.cupboard)
    erased(cast.ada)
    assert not names_in(front.cupboard)


def names_in(cupboard) -> int:
    files = cupboard.path.parent.glob("kept-*")
    return sum(b"Ada" in path.read_bytes() for path in files)
