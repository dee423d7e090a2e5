"""What may be a moment old for those who only read, and never for who has just done something."""

import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from flask import request
from sqlalchemy import update
from werkzeug.test import EnvironBuilder

from community import buffers
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.forum.care import delete_topic
from community.keeping import acting, changes, recent
from community.members.models import Profile
from community.texts.preparation import prepare
from community.threads.actions import reply
from community.versions import Standing, touch_house
from community.viewer import viewer_of
from community.worker import run_jobs
from tests.community.keeping.test_shared_pages import made_in_flask
from tests.world import group


def is_marked_unread(page) -> bool:
    return "topic--unread" in page.text


def test_who_posts_a_form_is_given_the_mark_for_two_seconds(ben):
    assert "acted=" not in str(ben.post("/settings", data={}).headers)
    answer = ben.post("/unread/marks")
    marks = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("acted=")]
    assert re.fullmatch(r"acted=\d+; Path=/; HttpOnly; SameSite=Lax", "".join(marks))
    assert "acted=" not in str(ben.get("/latest").headers)


def test_a_visitor_who_posts_a_form_is_given_no_mark(sqlite_app, things):
    answer = sqlite_app.test_client().post("/sign-in", data={"email": "nobody@example.org"})
    assert "acted=" not in str(answer.headers)


def test_a_reply_is_read_by_others_at_once(ben, things, cast):
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for _again in range(3):
        ben.get(url)
    written = reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    run_jobs()
    assert written and "Said a moment ago." in ben.get(url).text


def test_who_acted_reads_at_once_what_others_read_when_it_is_heard_of(
    sqlite_app, ben, things, cast, monkeypatch
):
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 60.0)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 60.0)
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for _again in range(3):
        ben.get(url)
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    run_jobs()
    assert "Said a moment ago." not in ben.get(url).text
    ben.set_cookie("acted", str(time.time_ns() // 1_000_000))
    assert "Said a moment ago." in ben.get(url).text
    ben.delete_cookie("acted")
    sqlite_app.extensions["front"].changes.asked_at = 0.0
    assert "Said a moment ago." in ben.get(url).text


@pytest.fixture
def moments(monkeypatch) -> list[float]:
    """What the ear on the database takes for now; it asks as often as in use."""
    moments = [10.0]
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 0.5)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 1.0)
    monkeypatch.setattr(changes, "time", SimpleNamespace(monotonic=lambda: moments[0]))
    return moments


def test_who_people_are_is_heard_of_within_half_a_second_and_what_pages_show_within_one(
    front, cast, things, moments
):
    def now() -> tuple[Standing, Standing]:
        return front.changes.standing_now(), front.changes.people_now()

    pages, people = now()
    assert pages is people
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    moments[0] = 10.4
    assert now() == (pages, people)
    moments[0] = 10.6
    assert now()[0] is pages and now()[1] is not people
    moments[0] = 11.1
    assert now()[0] is now()[1] is not pages
    pages, people = now()
    with write_transaction():
        touch_house()
    moments[0] = 11.7
    assert now()[0] is now()[1] is not pages


def test_what_pages_show_is_not_older_where_somebody_asked_just_before_it_was_due(
    front, cast, things, moments
):
    pages = front.changes.standing_now()
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    moments[0] = 10.9
    assert front.changes.standing_now() is pages
    moments[0] = 11.0
    assert front.changes.standing_now() is not pages


def status_of(app, path, cookie) -> str:
    """Without a test client, which is one thread's."""
    statuses = []
    environ = EnvironBuilder(path, "http://localhost", headers=[("Cookie", cookie)]).get_environ()
    b"".join(app.wsgi_app(environ, lambda status, *_headers: statuses.append(status)))
    return statuses[0]


def test_who_asks_for_a_page_that_is_being_made_waits_for_it(sqlite_app, ben, things, cast):
    entered, front, all_here = [], sqlite_app.extensions["front"], threading.Barrier(6)

    def enter() -> None:
        entered.append(request.path)
        time.sleep(0.02 * (len(entered) == 1))  # the others are on their way meanwhile

    def ask(_number: int) -> str:
        all_here.wait(5)
        return status_of(sqlite_app, "/latest", cookie)

    sqlite_app.before_request_funcs.setdefault(None, []).append(enter)
    try:
        for _again in range(25):  # until its view is trusted
            ben.get("/latest")
        front.shelf.clear()
        front.cupboard.clear()
        entered.clear()
        cookie = f"session={ben.get_cookie('session').value}"
        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(ask, range(6)))
    finally:
        sqlite_app.before_request_funcs[None].pop()
    assert statuses == ["200 OK"] * 6
    assert len(entered) == 1


def test_what_a_member_marked_as_read_is_read_at_once(ben, things, cast):
    for _again in range(3):
        ben.get("/latest")
    before = ben.get("/latest").text
    assert "<span>1</span>" in before or "<span>2</span>" in before
    ben.post("/unread/marks", data={"next": "/latest"})
    buffers.flush()
    assert not is_marked_unread(ben.get("/latest"))
    side = ben.get("/latest").text
    assert "<span>1</span>" not in side and "<span>2</span>" not in side


def test_a_count_is_no_older_than_a_second(monkeypatch):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 1.0)
    moments, asked = [10.0], []
    monkeypatch.setattr(recent.time, "monotonic", lambda: moments[0])
    lately = recent.Lately()

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert lately.get("count", ask, at_once=False) == (10.0, 1)
    moments[0] = 10.9
    assert lately.get("count", ask, at_once=False) == (10.0, 1)
    assert lately.get("count", ask, at_once=True) == (10.9, 2)
    moments[0] = 11.8
    assert lately.get("count", ask, at_once=False) == (10.9, 2)
    moments[0] = 12.0
    assert lately.get("count", ask, at_once=False) == (12.0, 3)


def test_a_page_makes_nothing_older_than_a_second(browsers, things, cast, front, monkeypatch):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 1.0)
    moments = [10.0]
    topic = start_topic(things.forum, "To be gone", prepare("Soon."), by=viewer_of(cast.cleo))
    run_jobs()
    monkeypatch.setattr(recent, "time", SimpleNamespace(monotonic=lambda: moments[0]))
    for browser in [*browsers.values()] * 3:
        browser.delete_cookie("acted")
        assert topic.title in browser.get("/").text
    delete_topic(topic, by=viewer_of(cast.al))
    run_jobs()
    front.changes.asked_at = 0.0
    browsers["dan"].get("/")  # made in full, and kept for the others
    for moment in (10.9, 11.1):
        moments[0] = moment
        said = browsers["gus"].get("/").text
    assert topic.title not in said


def test_who_had_to_wait_for_others_is_given_the_mark_when_it_is_done(monkeypatch):
    moments, given = [10.0], []
    monkeypatch.setattr(acting, "time", SimpleNamespace(time_ns=lambda: int(moments[0] * 1e9)))
    start: Any = acting.telling(lambda _status, headers: given.extend(headers), secure=False)
    moments[0] = 13.0
    start("303 SEE OTHER", [])
    assert given[0][1].startswith("acted=13000;")


def test_of_many_things_only_those_are_asked_that_are_not_known(monkeypatch):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 1.0)
    moments, asked = [10.0], []
    monkeypatch.setattr(recent.time, "monotonic", lambda: moments[0])
    lately = recent.Lately()

    def ask(wanted: Sequence[int]) -> dict[int, str]:
        asked.append(list(wanted))
        return {one: f"{one} at {moments[0]}" for one in wanted}

    def each(*wanted: int, at_once: bool = False) -> dict[int, str]:
        oldest, found = lately.get_each("standings", wanted, ask, at_once=at_once)
        assert f"{oldest}" == min(one.rpartition(" ")[2] for one in found.values())
        return dict(found)

    assert each(1, 2) == {1: "1 at 10.0", 2: "2 at 10.0"}
    moments[0] = 10.9
    assert each(2, 3) == {2: "2 at 10.0", 3: "3 at 10.9"}
    moments[0] = 11.5
    assert each(2, 3) == {2: "2 at 11.5", 3: "3 at 10.9"}
    assert each(2, 3, at_once=True) == {2: "2 at 11.5", 3: "3 at 11.5"}
    assert asked == [[1, 2], [3], [2], [2, 3]]


def test_a_reply_marks_the_topic_at_once_in_lists_that_have_it_anew(ben, things, cast, monkeypatch):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 60.0)
    ben.get(f"/t/{things.topic.public_id}/{things.topic.slug}")
    for other in ("/latest", "/latest"):
        ben.post("/unread/marks")
        buffers.flush()
        ben.delete_cookie("acted")
        ben.get(other)
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    run_jobs()
    assert is_marked_unread(ben.get("/latest"))


def test_what_was_asked_for_a_member_is_asked_anew_when_they_may_read_something_else(
    ben, things, cast, monkeypatch
):
    monkeypatch.setattr(recent, "LATELY_SECONDS", 60.0)
    row = f'/t/{things.topic.public_id}/{things.topic.slug}">{things.topic.title}'
    for _again in range(2):
        assert row in ben.get("/").text
    with write_transaction():
        for name in ("everyone", "members"):
            set_grant(things.topic.space.audience, Level.NONE, group=group(name))
    assert row not in ben.get("/").text


def test_home_no_longer_shows_what_was_read_since(ben, things, cast):
    for _again in range(2):
        before = ben.get("/").text
    assert things.topic.title in before
    ben.get(f"/t/{things.topic.public_id}/{things.topic.slug}")
    buffers.flush()
    row = f'/t/{things.topic.public_id}/{things.topic.slug}">{things.topic.title}'
    assert row in before and row not in ben.get("/").text


def test_home_is_kept_for_its_reader_while_others_are_busy_elsewhere(sqlite_app, ben, things, cast):
    for _again in range(2):
        ben.get("/")
    with write_transaction():
        session.execute(update(Profile).where(Profile.member_id == cast.cleo.id).values(theme=""))
    assert made_in_flask(sqlite_app, ben, ["/"]) == []
