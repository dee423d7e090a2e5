"""Changing posts, taking them away and bringing them back."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Conflict, Forbidden, NotFound
from community.events import EventRow
from community.forum.care import lock_topic
from community.texts.preparation import prepare, prepare_imported
from community.threads.actions import (
    delete_post,
    edit_post,
    hide_post,
    restore_post,
    write_post,
)
from community.threads.models import Post, Thread
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def names():
    return [name for (name,) in session.execute(select(EventRow.name).order_by(EventRow.id))]


def counted(topic):
    session.rollback()
    thread = session.get_one(Thread, topic.thread_id)
    return thread.post_count, thread.first_response_at is not None


@pytest.mark.parametrize(("name", "may"), [("ben", True), ("mo", True), ("al", True)])
def test_the_author_and_moderators_edit(app, cast, name, may):
    post = answer(cast, ask(cast))
    edit_post(post, prepare("Better."), by=cast.viewer(name), base=1)
    assert post.text.html == "<p>Better.</p>"
    assert names()[-1] == "PostEdited"


@pytest.mark.parametrize("name", ["ada", "cleo", "eve", "max"])
def test_nobody_else_edits(sqlite_app, cast, name):
    post = answer(cast, ask(cast))
    for act in (
        lambda by: edit_post(post, prepare("Better."), by=by, base=1),
        lambda by: delete_post(post, by=by),
        lambda by: hide_post(post, by=by),
    ):
        with pytest.raises(Forbidden):
            act(cast.viewer(name))


def test_one_does_not_edit_in_a_closed_conversation(sqlite_app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    lock_topic(topic, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        edit_post(post, prepare("Better."), by=cast.viewer("ben"), base=1)
    edit_post(post, prepare("Tidied."), by=cast.viewer("mo"), base=1)


def test_an_edit_on_an_old_version_is_refused_and_shows_both(client, cast):
    post = answer(cast, ask(cast), text="One line.")
    edit_post(post, prepare("Two lines."), by=cast.viewer("mo"), base=1)
    sign_in(client, cast.ben)
    sent = client.post(f"/posts/{post.public_id}/edit", data={"text": "Three lines.", "base": 1})
    assert sent.status_code == 409
    assert "Three lines." in sent.text
    assert "<del>Two</del>" in sent.text
    with pytest.raises(Conflict):
        edit_post(post, prepare("Three lines."), by=cast.viewer("ben"), base=1)


def test_an_overlong_note_is_a_message_at_its_field(client, cast):
    post = answer(cast, ask(cast))
    sign_in(client, cast.ben)
    form = {"text": "New words.", "base": 1, "summary": "x" * 201}
    sent = client.post(f"/posts/{post.public_id}/edit", data=form)
    assert sent.status_code == 422
    assert "201 characters, at most 200" in sent.text
    assert "New words." in sent.text


def test_deleting_and_restoring_recounts(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    ben = cast.viewer("ben")
    assert counted(topic) == (2, True)
    delete_post(post, by=ben)
    assert counted(topic) == (1, False)
    restore_post(post, by=ben)
    assert counted(topic) == (2, True)
    assert names()[-2:] == ["PostDeleted", "PostRestored"]


def test_who_lost_a_post_to_a_moderator_does_not_bring_it_back(sqlite_app, cast):
    post = answer(cast, ask(cast))
    delete_post(post, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        restore_post(post, by=cast.viewer("ben"))
    restore_post(post, by=cast.viewer("mo"))
    assert post.is_published


def test_a_deleted_post_is_not_edited(sqlite_app, cast):
    post = answer(cast, ask(cast))
    delete_post(post, by=cast.viewer("ben"))
    with pytest.raises(Forbidden):
        edit_post(post, prepare("Back?"), by=cast.viewer("ben"), base=1)


def test_nobody_changes_what_they_cannot_read(client, cast):
    post = answer(cast, ask(cast, "eve", space="floor"), "pam")
    sign_in(client, cast.ada)
    for verb in ("edit", "deletion", "restoration", "hiding"):
        refused = client.post(f"/posts/{post.public_id}/{verb}", data={"text": "x", "base": 1})
        absent = client.post(f"/posts/aaaaaaaa/{verb}", data={"text": "x", "base": 1})
        assert (refused.status_code, refused.data) == (404, absent.data)
    with pytest.raises(NotFound):
        delete_post(post, by=cast.viewer("ada"))


def test_the_page_offers_only_what_one_may(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    edit = f"/posts/{post.public_id}/edit"
    for name, may in (("ben", True), ("mo", True), ("cleo", False)):
        page = sign_in(app.test_client(), getattr(cast, name)).get(
            f"/t/{topic.public_id}/{topic.slug}"
        )
        assert (edit in page.text) == may, name


def test_deleting_through_the_page_offers_the_way_back(client, cast):
    post = answer(cast, ask(cast))
    sign_in(client, cast.ben)
    sent = client.post(f"/posts/{post.public_id}/deletion")
    page = client.get(sent.location)
    assert f"/posts/{post.public_id}/restoration" in page.text
    client.post(f"/posts/{post.public_id}/restoration")
    session.rollback()
    assert session.get_one(Post, post.id).is_published


def test_the_first_edit_of_an_imported_html_text_makes_it_markdown(client, cast):
    topic = ask(cast)
    imported = prepare_imported("<p>Try <b>this</b>.</p><script>alert(1)</script>")
    post = write_post(topic.thread, imported, by=cast.viewer("ben"))
    sign_in(client, cast.ben)
    page = client.get(f"/posts/{post.public_id}/edit").text
    assert "Try **this**." in page
    assert "alert(1)" not in page
    form = {"text": "Try **that**.", "base": 1}
    assert client.post(f"/posts/{post.public_id}/edit", data=form).status_code == 303
    session.rollback()
    text = session.get_one(Post, post.id).text
    assert (text.format, text.html) == ("markdown", "<p>Try <strong>that</strong>.</p>")


def test_who_looks_after_the_space_hides_a_post_and_shows_it_again(app, cast):
    post = answer(cast, ask(cast))
    hide_post(post, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        restore_post(post, by=cast.viewer("ben"))
    with pytest.raises(NotFound):
        delete_post(post, by=cast.viewer("ada"))
    restore_post(post, by=cast.viewer("mo"))
    assert post.is_published
    assert names()[-2:] == ["PostHidden", "PostRestored"]
