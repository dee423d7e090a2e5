"""Rows of lists, and what is learned of places, stand with others only where they say the same."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import select
from werkzeug.test import create_environ, run_wsgi_app

from community import buffers
from community.audiences import Level
from community.database import session
from community.forum.actions import start_topic
from community.forum.care import move_topic
from community.forum.unread import mark_read
from community.groups.models import Group
from community.keeping import changes
from community.keeping.own import variants
from community.members.actions import change_profile
from community.spaces.actions import change_space, create_space, facts_of, grant_level
from community.spaces.models import SpaceKind
from community.texts.preparation import prepare
from community.threads.actions import reply
from community.viewer import viewer_of
from community.worker import run_jobs
from tests.community.keeping.test_attacks import MARK, cookie_of
from tests.community.keeping.test_shared_pages import SHARED, difference


@pytest.fixture
def topic(things, cast, browsers):
    return start_topic(things.forum, "New to all", prepare("Words."), by=viewer_of(cast.ada))


def address(topic) -> str:
    return f"/t/{topic.public_id}/{topic.slug}"


def test_nobody_follows_links_at_home_that_another_put_before_all_links(
    browsers, topic, people, front
):
    mark_read(by=viewer_of(people["fay"]))
    evil = browsers["dan"].get("/", headers=SHARED, environ_overrides={"SCRIPT_NAME": "/evil"})
    assert f"/evil{address(topic)}" in evil.text
    for _again in range(2):
        for name in ("fay", "gus", "dan"):
            assert "/evil" not in browsers[name].get("/", headers=SHARED).text
    assert not front.members.learning.disagreements


def test_a_name_changed_a_moment_ago_is_no_disagreement_about_a_row(
    browsers, topic, cast, front, monkeypatch
):
    for name in ("dan", "fay"):
        browsers[name].get("/", headers=SHARED)
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 60)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 60)
    browsers["gus"].get("/latest", headers=SHARED)
    ada = viewer_of(cast.ada)
    change_profile(cast.ada, by=ada, name="Ada Anew", headline="", location="", about=None)
    front.members.learning.alone.clear()
    front.shelf.clear()
    front.cupboard.clear()
    browsers["gus"].get("/", headers=SHARED)
    assert not front.members.learning.disagreements


def test_who_is_the_first_with_a_new_row_leaves_others_the_page_that_they_have(
    browsers, topic, things, cast, front, monkeypatch
):
    for _again in range(2):
        for browser in browsers.values():
            browser.get("/", headers=SHARED)
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 60)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 60)
    browsers["dan"].get("/", headers=SHARED)
    done = []
    for name in ("make", "keep"):
        real = getattr(front, name)
        monkeypatch.setattr(
            front, name, lambda *of, name=name, real=real: done.append(name) or real(*of)
        )
    reply(topic.thread, prepare("More of it."), by=viewer_of(cast.ada))
    run_jobs()
    for name in ("dan", "gus", "fay"):
        assert "/t/" + topic.public_id in browsers[name].get("/", headers=SHARED).text
    assert done == ["make"]
    assert not difference(browsers["gus"], "/")


def test_while_much_is_said_readers_still_agree_on_a_page(
    browsers, topic, things, cast, front, monkeypatch
):
    for _again in range(2):
        for browser in browsers.values():
            browser.get("/", headers=SHARED)
    front.members.learning.agreed.clear()
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 60)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 60)
    reply(topic.thread, prepare("More of it."), by=viewer_of(cast.ada))
    front.changes.asked_at = 0.0
    browsers["dan"].get("/", headers=SHARED)
    reply(topic.thread, prepare("And more."), by=viewer_of(cast.ada))
    for name in ("gus", "fay"):
        browsers[name].get("/", headers=SHARED)
    made, make = [], front.make
    monkeypatch.setattr(front, "make", lambda *of: made.append(of) or make(*of))
    for browser in browsers.values():
        browser.get("/", headers=SHARED)
    assert not made


def test_whatever_goes_wrong_nobody_reads_a_mark(browsers, monkeypatch):
    def fail(*_asked):
        raise KeyError

    monkeypatch.setitem(variants, "header.notices", fail)
    for url in ("/", "/latest"):
        assert not MARK.search(browsers["dan"].get(url, headers=SHARED).text)


def test_who_may_only_read_where_a_topic_went_can_give_nothing_to_its_posts(
    browsers, things, cast, front
):
    quiet = create_space(SpaceKind.CATEGORY, "Quiet", by=viewer_of(cast.al))
    members = session.scalars(select(Group).where(Group.key == "members")).one()
    al = viewer_of(cast.al)
    grant_level(quiet, Level.SEE, group=members, by=al)
    for _again in range(2):
        for browser in browsers.values():
            browser.get(address(things.topic), headers=SHARED)
    move_topic(things.topic, quiet, by=viewer_of(cast.al))
    wrong = [difference(browser, address(things.topic)) for browser in browsers.values()]
    assert not any(wrong)
    assert not front.members.learning.disagreements


def test_what_was_taken_from_everybody_a_moment_ago_nobody_reads_any_more(
    browsers, topic, cast, monkeypatch
):
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 0.1)
    secret = create_space(SpaceKind.CATEGORY, "Secret", by=viewer_of(cast.al))
    for _again in range(2):
        for browser in browsers.values():
            assert topic.title in browser.get("/", headers=SHARED).text
            assert topic.title in browser.get(address(topic), headers=SHARED).text
    move_topic(topic, secret, by=viewer_of(cast.al))
    time.sleep(0.15)
    for browser in browsers.values():
        assert topic.title not in browser.get("/", headers=SHARED).text
        assert browser.get(address(topic), headers=SHARED).status_code == 404


def test_nobody_finds_a_button_to_vote_where_the_board_was_archived(browsers, things, cast, front):
    urls = ("/ideas", f"/ideas/{things.idea.public_id}/{things.idea.slug}")
    for _again in range(2):
        for browser in browsers.values():
            for url in urls:
                browser.get(url, headers=SHARED)
    facts = replace(facts_of(things.idea.space), archived=True)
    change_space(things.idea.space, facts, by=viewer_of(cast.al))
    assert not any(difference(browser, url) for browser in browsers.values() for url in urls)
    assert not front.members.learning.disagreements


def test_a_dozen_who_come_home_at_once_have_it_made_once(sqlite_app, browsers, topic, front):
    headers = {**SHARED, "Cookie": f"session={cookie_of(browsers['dan'])}"}
    entered, answers, gate = [], [], threading.Barrier(12)

    def come() -> None:
        environ = create_environ("/", headers=headers)
        gate.wait()
        body, status, _headers = run_wsgi_app(sqlite_app, environ)
        answers.append((status, topic_url.encode() in b"".join(body)))

    topic_url = address(topic)
    threads = [threading.Thread(target=come) for _number in range(12)]
    sqlite_app.before_request_funcs.setdefault(None, []).append(lambda: entered.append(1))
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sqlite_app.before_request_funcs[None].pop()
    assert answers == [("200 OK", True)] * 12
    assert len(entered) == 1


def test_how_often_a_topic_was_read_is_said_as_it_is_now_on_a_page_made_before(
    browsers, topic, front, monkeypatch
):
    url = address(topic)
    assert "read 10+ times" not in browsers["dan"].get(url, headers=SHARED).text
    for _time in range(12):
        browsers["dan"].get(url, headers=SHARED)
    buffers.flush()
    monkeypatch.setattr(front, "make", None)
    assert "read 10+ times" in browsers["fay"].get(url, headers=SHARED).text
