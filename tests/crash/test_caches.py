"""Kept pages with a mistake planted in what they are kept by: the comparison with pages made anew
notices each, and finds nothing where none is planted.
"""

from collections.abc import Callable, Hashable
from typing import Any

import pytest

from community.credentials.actions.signing_in import end_other_sign_ins
from community.database import session
from community.keeping import members
from community.keeping.recent import Recent
from community.search import indexing
from community.texts.preparation import prepare
from community.threads.actions import changing, hide_post, write_post
from community.threads.events import PostDeleted, PostHidden, PostRestored
from community.threads.models import Post
from community.versions import Standing, Touched
from community.viewer import viewer_of
from community.worker import run_jobs
from tests.community.keeping.test_shared_pages import difference
from tests.conftest import sign_in
from tests.security.rooms import Things, furnish
from tests.world import Cast

PEOPLE = ("ada", "ben", "cleo")  # Ada and Ben are of one organization, which Cleo is not


@pytest.fixture
def astray(sqlite_app, cast) -> Callable[[], list[str]]:
    """What anybody reads that is not what would be made for them, before and after each deed."""
    indexing.rebuild_index()
    rooms = [furnish(cast, name, closed=name == "closed") for name in ("open", "closed")]
    run_jobs()
    urls = ["/latest", *(f"/t/{one.topic.public_id}/{one.topic.slug}" for one in rooms)]

    def astray() -> list[str]:
        kept, found = sqlite_app.extensions["front"], []
        kept.members.learning.disagreements.clear()
        browsers = readers(sqlite_app, cast)
        for deed in (nothing, nothing, answer, hide, sign_out):
            deed(cast, rooms[0])
            run_jobs()
            found += [
                f"{name} after {deed.__name__}: {wrong}"
                for url in urls
                for name, browser in browsers.items()
                if (wrong := difference(browser, url))
            ]
        return found + [f"no agreement on {page}" for page in kept.members.learning.disagreements]

    return astray


def readers(app, cast: Cast) -> dict[str, Any]:
    found = {name: sign_in(app.test_client(), getattr(cast, name)) for name in PEOPLE}
    for browser in found.values():
        browser.get("/settings")  # a token for forms, as whoever has been here before has
    return found | {"a visitor": app.test_client()}


def nothing(_cast: Cast, _things: Things) -> None: ...


def answer(cast: Cast, things: Things) -> None:
    write_post(things.topic.thread, prepare("Another answer."), by=cast.viewer("ben"))


def hide(cast: Cast, things: Things) -> None:
    hide_post(session.get_one(Post, things.post.id), by=cast.viewer("al"))


def sign_out(cast: Cast, _things: Things) -> None:
    end_other_sign_ins(cast.ben, None, by=viewer_of(cast.ben))


def test_everybody_reads_what_would_be_made_for_them(astray):
    assert astray() == []


@pytest.mark.fault("cache key without audience", caught_by="pages kept = pages made anew")
def test_a_key_without_audience_is_noticed(astray, monkeypatch):
    alike = members.key_of
    monkeypatch.setattr(members, "key_of", lambda environ, _who: alike(environ, "a member"))
    assert any("cleo" in one and "A closed topic" in one for one in astray())


@pytest.mark.fault("cache key without state", caught_by="pages kept = pages made anew")
def test_a_key_without_the_state_of_what_is_shown_is_noticed(astray, monkeypatch):
    for event in (PostHidden, PostDeleted, PostRestored):
        monkeypatch.setattr(event, "changes", "nothing")
    for name in ("_touch", "touch"):
        monkeypatch.setattr(changing, name, lambda *_row: None)
    assert {one.split(":")[0] for one in astray()} & {"a visitor after hide", "cleo after hide"}


@pytest.mark.fault("cache key without sign-in's state", caught_by="pages kept = pages made anew")
def test_a_key_without_the_state_of_a_sign_in_is_noticed(astray, monkeypatch):
    def found_at_any_time(recent: Recent[Any], key: Hashable, _standing: Standing) -> Any:
        found = [known[key][1] for _then, known in recent._found.values() if key in known]
        return found[0] if found else None

    monkeypatch.setattr(Recent, "get", found_at_any_time)
    assert any(one.startswith("ben after sign_out") for one in astray())


@pytest.mark.fault("unversioned cache", caught_by="pages kept = pages made anew")
def test_versions_that_never_rise_are_noticed(astray, monkeypatch):
    monkeypatch.setattr(Touched, "__call__", lambda _touched: None)
    assert any("after answer" in one for one in astray())
