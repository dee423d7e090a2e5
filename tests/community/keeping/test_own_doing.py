"""What nobody but a member changes is not asked anew until they change it, wherever they do."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from community import buffers
from community.database import session, write_transaction
from community.forum.unread import mark_read
from community.keeping import recent
from community.keeping.reader import Reader
from community.texts.drafts import drop_draft, save_draft
from community.texts.models import Draft
from community.texts.preparation import prepare
from community.threads.actions import reply
from community.viewer import Viewer, viewer_of
from community.watching.actions import watch, watch_by_itself
from community.watching.models import WatchLevel
from community.worker import run_jobs


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    names, rows = [], Reader.rows

    def noted(reader: Reader, name: str, *about, **values):
        names.append(name)
        return rows(reader, name, *about, **values)

    monkeypatch.setattr(Reader, "rows", noted)
    monkeypatch.setattr(recent, "LATELY_SECONDS", 0.0)
    return names


@pytest.fixture
def moments(monkeypatch) -> list[float]:
    moments = [10.0]
    monkeypatch.setattr(recent, "time", SimpleNamespace(monotonic=lambda: moments[0]))
    return moments


@pytest.fixture
def url(ben, asked, moments, things) -> str:
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for _again in range(4):
        ben.get(url)
        buffers.flush()
    assert {"thread", "watches", "notices"} <= set(asked)
    asked.clear()
    return url


@pytest.fixture
def me(cast) -> Viewer:
    return viewer_of(cast.ben)


def drafted(things, me: Viewer, said: str) -> None:
    save_draft(f"reply:{things.topic.thread.public_id}", {"text": said}, by=me)


def test_who_comes_back_is_not_asked_again_how_they_stand(ben, url, asked, moments):
    for moments[0] in (13.0, 40.0, 69.0):
        ben.get(url)
    assert "notices" in asked
    assert not {"thread", "watches"} & set(asked)
    moments[0] = 71.0
    ben.get(url)
    assert {"thread", "watches"} <= set(asked)


def test_a_draft_saved_on_another_device_is_in_the_box(ben, url, things, me):
    drafted(things, me, "Begun on the train")
    assert "Begun on the train" in ben.get(url).text


def test_a_draft_discarded_on_another_device_is_gone_from_the_box(ben, url, things, me):
    drafted(things, me, "Begun on the train")
    ben.get(url)
    draft = session.scalars(select(Draft).where(Draft.member_id == me.member_id)).one()
    drop_draft(draft, by=me)
    for _again in range(3):
        assert "Begun on the train" not in ben.get(url).text


def test_what_is_watched_from_another_device_is_said(ben, url, things, me):
    before = ben.get(url).text
    watch(things.topic, WatchLevel.MUTED, by=me)
    after = ben.get(url).text
    assert before.count("Muted") < after.count("Muted")


def test_what_is_watched_for_having_taken_part_is_said(ben, url, things, me, asked):
    assert me.member_id
    with write_transaction():
        watch_by_itself(me.member_id, "space", things.forum.id, WatchLevel.WATCHING)
    ben.get(url)
    assert "watches" in asked


def test_all_marked_as_read_on_another_device_leaves_no_line(ben, url, things, cast, me):
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    run_jobs()
    assert "New to you from here" in ben.get(url).text
    mark_read(by=me)
    assert "New to you from here" not in ben.get(url).text


def test_a_line_stays_where_it_was_until_there_is_more(browsers, url, things, cast, moments):
    for browser in [*browsers.values()] * 2:
        browser.delete_cookie("acted")
        browser.get(url)
    before = "<html"
    for said in ("The first of two.", "The second."):
        buffers.flush()
        reply(things.topic.thread, prepare(said), by=viewer_of(cast.cleo))
        run_jobs()
        for browser in (browsers["dan"], browsers["gus"], browsers["gus"]):
            moments[0] += 3
            page = browser.get(url).text
            assert page.index(before) < page.index("New to you from here") < page.index(said)
            buffers.flush()
        before = said
