"""A page as one reader has it is given to them again while nothing in it has changed."""

import math

import pytest
from sqlalchemy import select, update

from community.credentials.actions.signing_in import end_other_sign_ins
from community.database import session, write_transaction
from community.keeping import recent
from community.keeping.reader import Reader
from community.keeping.sharing import SharedPage
from community.members.models import Member, Profile
from community.texts.drafts import save_draft
from community.texts.preparation import prepare
from community.threads.actions import reply
from community.viewer import viewer_of
from community.worker import run_jobs


@pytest.fixture
def filled(monkeypatch) -> list[str]:
    """Whose pages were put together, in their order."""
    names, fill = [], SharedPage.fill

    def noted(page: SharedPage, reader: Reader):
        names.append(reader.name)
        return fill(page, reader)

    monkeypatch.setattr(SharedPage, "fill", noted)
    monkeypatch.setattr(recent, "LATELY_SECONDS", 60.0)
    return names


@pytest.fixture
def url(ben, filled, things) -> str:
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for _again in range(4):
        ben.get(url)
    assert filled
    filled.clear()
    return url


def commit_elsewhere(cast) -> None:
    """Something that the page does not show."""
    other = Profile.member_id == cast.cleo.id
    with write_transaction():
        session.execute(update(Profile).where(other).values(timezone=Profile.timezone + "x"))


def test_a_reader_is_given_the_same_after_a_commit_elsewhere(ben, url, filled, cast):
    for _again in range(3):
        commit_elsewhere(cast)
        assert cast.ben.profile.name in ben.get(url).text
    assert filled == []


def test_who_has_just_acted_is_told_the_truth_after_each_commit(
    ben, url, filled, cast, monkeypatch
):
    monkeypatch.setattr("community.keeping.asking.has_acted", lambda _cookies: True)
    ben.set_cookie("acted", "1")
    ben.get(url)
    ben.get(url)
    filled.clear()
    commit_elsewhere(cast)
    ben.get(url)
    assert len(filled) == 1


def test_a_new_post_is_there_for_who_has_the_page_put_aside(ben, url, cast, things):
    reply(things.topic.thread, prepare("Said a moment ago."), by=viewer_of(cast.cleo))
    run_jobs()
    assert "Said a moment ago." in ben.get(url).text


def test_a_theme_chosen_elsewhere_is_that_of_the_page_put_aside(ben, url, cast):
    assert 'data-theme="dark"' not in ben.get(url).text
    with write_transaction():
        session.execute(
            update(Profile).where(Profile.member_id == cast.ben.id).values(theme="dark")
        )
    assert 'data-theme="dark"' in ben.get(url).text


def test_a_draft_begun_elsewhere_is_on_the_page_put_aside(ben, url, cast, things):
    assert "Begun on the train" not in ben.get(url).text
    place = f"reply:{things.topic.thread.public_id}"
    save_draft(place, {"text": "Begun on the train"}, by=viewer_of(cast.ben))
    assert "Begun on the train" in ben.get(url).text


def test_whose_sign_in_was_ended_is_not_given_the_page_put_aside(ben, url, cast):
    assert cast.ben.profile.name in ben.get(url).text
    end_other_sign_ins(cast.ben, None, by=viewer_of(cast.ben))
    assert "/sign-in" in ben.get(url).text


def test_what_was_not_asked_lately_has_to_be_true_each_time(sqlite_app, cast, url, ben):
    environ = {"HTTP_COOKIE": f"session={ben.get_cookie('session').value}"}
    asking = sqlite_app.extensions["front"].members.asking
    with asking.connecting() as connect:
        reader = asking.readers.find(environ, connect).but(asked={})

        def ask():
            return reader.rows("all", lambda _viewer: select(Member.id).limit(1))

        reader.lately("one", ask)
        assert reader.oldest != -math.inf
        ask()
        assert reader.oldest == -math.inf
