"""Revisions: seen, compared, brought back, taken out of sight."""

import pytest
from sqlalchemy import func, select

from community import clock
from community.audit import AuditEntry
from community.database import session
from community.errors import Conflict, Forbidden, Invalid
from community.texts.history import hide_revision, prepared_again, restore_revision
from community.texts.models import Revision
from community.texts.preparation import prepare
from community.texts.queries import find_revision
from community.threads.actions import edit_post
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in

SECRET = "the password is hunter2"


@pytest.fixture
def post(cast):
    """Three revisions; the middle one says what it should not."""
    post = answer(cast, ask(cast), text="Try the console.")
    ben = cast.viewer("ben")
    edit_post(post, prepare(f"Try the console, {SECRET}."), by=ben, base=1, summary="said too much")
    edit_post(post, prepare("Try the console again."), by=ben, base=2, summary="less")
    return post


def at(post, number=None, **query):
    url = f"/history/post/{post.public_id}" + (f"/{number}" if number else "")
    return url + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def test_everybody_who_reads_the_post_reads_its_history(client, post):
    page = client.get(at(post)).text
    assert page.count("<article") == 3
    assert "as it stands" in page
    change = client.get(at(post, 3)).text
    assert "<ins>" in change
    assert "again" in change


def test_the_history_of_an_unreadable_post_is_that_of_none(client, cast):
    secret = answer(cast, ask(cast, "eve", space="floor"), "pam")
    sign_in(client, cast.ada)
    absent = client.get("/history/post/aaaaaaaa")
    for url in (at(secret), at(secret, 1), "/history/nothing/aaaaaaaa", "/history/post/x/99"):
        answered = client.get(url)
        assert (answered.status_code, answered.data) == (404, absent.data)


def test_restoring_makes_a_new_revision(app, cast, post):
    prepared = prepared_again(post, find_revision(post.text, 1))
    restore_revision(post, 1, prepared, by=cast.viewer("ben"))
    assert post.text.source == "Try the console."
    assert post.text.revision == 4
    assert session.scalars(select(Revision.number).order_by(Revision.number)).all()[-1] == 4


@pytest.mark.parametrize("name", ["ada", "cleo", "eve"])
def test_who_may_not_edit_may_not_restore(sqlite_app, cast, post, name):
    prepared = prepared_again(post, find_revision(post.text, 1))
    with pytest.raises(Forbidden):
        restore_revision(post, 1, prepared, by=cast.viewer(name))
    with pytest.raises(Forbidden):
        hide_revision(post, 2, by=cast.viewer(name), reason="because")


def test_a_hidden_revision_leaks_through_no_neighbour(app, cast, post):
    hide_revision(post, 2, by=cast.viewer("mo"), reason="a password")
    client = sign_in(app.test_client(), cast.ben)
    for url in (at(post), at(post, 1), at(post, 3), at(post, 3, against=2), at(post, 1, against=2)):
        page = client.get(url)
        assert page.status_code == 200
        assert "hunter2" not in page.text
        assert "said too much" not in page.text
    assert client.get(at(post, 2)).status_code == 404
    assert client.post(at(post, 2) + "/restoration").status_code == 404
    moderator = sign_in(app.test_client(), cast.mo)
    assert "hunter2" in moderator.get(at(post, 2)).text


def test_hiding_needs_a_reason_and_is_written_down(sqlite_app, cast, post):
    with pytest.raises(Invalid):
        hide_revision(post, 2, by=cast.viewer("mo"), reason=" ")
    hide_revision(post, 2, by=cast.viewer("mo"), reason="a password")
    assert session.scalars(select(AuditEntry.deed)).all()[-1] == "revision.hidden"


def test_the_text_as_it_stands_is_not_hidden(sqlite_app, cast, post):
    with pytest.raises(Conflict):
        hide_revision(post, 3, by=cast.viewer("mo"), reason="a password")


def test_edits_in_quick_succession_are_one_revision(sqlite_app, cast):
    post = answer(cast, ask(cast))
    ben = cast.viewer("ben")
    with clock.at(clock.now()):
        edit_post(post, prepare("One."), by=ben, base=1)
        clock.advance(minutes=4)
        edit_post(post, prepare("Two."), by=ben, base=2)
        assert revisions_of(post) == 2
        clock.advance(minutes=6)
        edit_post(post, prepare("Three."), by=ben, base=3)
    assert revisions_of(post) == 3


def test_who_edits_while_the_author_adds_a_word_is_told(sqlite_app, cast):
    post = answer(cast, ask(cast))
    ben, mo = cast.viewer("ben"), cast.viewer("mo")
    edit_post(post, prepare("One."), by=ben, base=1)
    begun_with = post.text.revision
    edit_post(post, prepare("One and a word."), by=ben, base=begun_with)
    with sqlite_app.test_request_context(), pytest.raises(Conflict):
        edit_post(post, prepare("One!"), by=mo, base=begun_with)
    assert post.text.source == "One and a word."


def revisions_of(post) -> int:
    kept = select(func.count()).where(Revision.text_id == post.text_id)
    return session.scalar(kept) or 0
