"""Looking after topics, each deed by those who may and refused to those who may not."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from community import clock
from community.audit import AuditEntry
from community.database import session
from community.errors import Forbidden, Invalid, NotFound
from community.events import EventRow
from community.forum import care
from community.forum.models import Topic, TopicKind
from community.forum.queries import latest_topics, pinned_topics
from community.spaces.queries import find_space
from community.threads.models import Post
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def tomorrow():
    return clock.now() + timedelta(days=1)


def events():
    session.rollback()
    return list(session.scalars(select(EventRow.name).order_by(EventRow.id)))


DEEDS = {
    "lock": (lambda topic, by: care.lock_topic(topic, by=by), "TopicLocked"),
    "pin": (lambda topic, by: care.pin_topic(topic, until=tomorrow(), by=by), "TopicPinned"),
    "hide": (lambda topic, by: care.hide_topic(topic, by=by), "TopicHidden"),
    "delete": (lambda topic, by: care.delete_topic(topic, by=by), "TopicDeleted"),
    "retitle": (lambda topic, by: care.retitle_topic(topic, "Else", by=by), "TopicRetitled"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_looks_after_the_space_may(app, cast, deed):
    do, event = DEEDS[deed]
    topic = ask(cast)
    answer(cast, topic)
    do(topic, cast.viewer("mo"))
    assert events()[-1] == event
    assert session.scalars(select(AuditEntry.actor_id)).all() == [cast.mo.id]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("name", ["ben", "eve", "max"])
def test_others_may_not(sqlite_app, cast, deed, name):
    topic = ask(cast)
    with pytest.raises(Forbidden):
        DEEDS[deed][0](topic, cast.viewer(name))


@pytest.mark.parametrize("deed", DEEDS)
def test_to_who_cannot_read_it_the_topic_does_not_exist(sqlite_app, cast, deed):
    topic = ask(cast, "eve", space="floor")
    with pytest.raises(NotFound):
        DEEDS[deed][0](topic, cast.viewer("ada"))


@pytest.mark.parametrize("deed", ["lock", "pin", "hide"])
def test_its_author_looks_not_after_the_space(sqlite_app, cast, deed):
    with pytest.raises(Forbidden):
        DEEDS[deed][0](ask(cast), cast.viewer("ada"))


def test_its_author_deletes_and_restores_it_while_nobody_has_answered(app, cast):
    ada, topic = cast.viewer("ada"), ask(cast)
    care.delete_topic(topic, by=ada)
    care.restore_topic(topic, by=ada)
    assert events()[-2:] == ["TopicDeleted", "TopicRestored"]
    answer(cast, topic)
    with pytest.raises(Forbidden):
        care.delete_topic(topic, by=ada)


def test_what_a_moderator_deleted_its_author_does_not_restore(sqlite_app, cast):
    topic = ask(cast)
    care.delete_topic(topic, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        care.restore_topic(topic, by=cast.viewer("ada"))
    care.restore_topic(topic, by=cast.viewer("mo"))
    assert topic.is_published


def test_a_deleted_topic_is_gone_for_others_with_all_its_posts(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    url = f"/t/{topic.public_id}/{topic.slug}"
    care.delete_topic(topic, by=cast.viewer("mo"))
    for name, status in (("ada", 200), ("mo", 200), ("ben", 404), ("eve", 404)):
        client = sign_in(app.test_client(), getattr(cast, name))
        assert client.get(url).status_code == status, name
        assert (topic.title in client.get("/latest").text) == (status == 200), name
        assert (client.get(f"/posts/{post.public_id}").status_code == 302) == (status == 200)


def test_a_pin_ends_by_itself(app, cast):
    mo, topic = cast.viewer("mo"), ask(cast)
    newer = ask(cast)
    help_ = find_space("help", mo)
    care.pin_topic(topic, until=tomorrow(), by=mo)
    assert [one.id for one in pinned_topics(mo, help_)] == [topic.id]
    assert [one.id for one in latest_topics(mo, spaces=[help_]).items] == [newer.id]
    with clock.at(clock.now() + timedelta(days=2)):
        assert pinned_topics(mo, help_) == []
        assert len(latest_topics(mo, spaces=[help_]).items) == 2


@pytest.mark.parametrize("days", [-1, 400])
def test_a_pin_is_for_a_day_within_the_year(sqlite_app, cast, days):
    with pytest.raises(Invalid):
        care.pin_topic(ask(cast), until=clock.now() + timedelta(days=days), by=cast.viewer("mo"))


def test_moving_takes_the_readers_of_the_new_space(app, cast):
    al, topic = cast.viewer("al"), ask(cast)
    post = answer(cast, topic)
    before = find_space("help", al).version
    care.move_topic(topic, find_space("floor", al), by=al)
    url = f"/t/{topic.public_id}/{topic.slug}"
    for name, status in (("eve", 200), ("al", 200), ("ada", 404), ("ben", 404), ("mo", 404)):
        assert sign_in(app.test_client(), getattr(cast, name)).get(url).status_code == status, name
    moved = session.get_one(Post, post.id)
    assert moved.audience_id == find_space("floor", al).audience_id
    assert events()[-1] == "TopicMoved"
    assert session.get_one(Topic, topic.id).kind == TopicKind.DISCUSSION
    assert find_space("help", al).version > before


def test_a_topic_goes_only_where_one_may_write(client, cast):
    topic = ask(cast)
    mo = sign_in(client, cast.mo)
    refused = mo.post(f"/t/{topic.public_id}/space", data={"space": "floor"})
    absent = mo.post(f"/t/{topic.public_id}/space", data={"space": "never-was"})
    assert refused.status_code == absent.status_code == 422
    token = rb'name="csrf_token" value="[^"]+"'  # another with each second
    assert re.sub(token, b"", refused.data) == re.sub(token, b"", absent.data)
    assert mo.post(f"/t/{topic.public_id}/space", data={"space": "plaza"}).status_code == 303


def test_an_old_title_leads_to_the_topic_only_for_who_may_see_it(app, cast):
    eve, topic = cast.viewer("eve"), ask(cast, "eve", space="floor", title="Old title")
    care.retitle_topic(topic, "New title", by=eve)
    url = f"/t/{topic.public_id}/old-title?post=1"
    answered = sign_in(app.test_client(), cast.pam).get(url)
    assert answered.status_code == 301
    assert answered.location == f"/t/{topic.public_id}/new-title?post=1"
    outsider = sign_in(app.test_client(), cast.ada)
    assert outsider.get(url).status_code == 404
    assert outsider.get(url).data == outsider.get("/t/aaaaaaaa/x").data


def test_a_title_that_is_no_title_is_said_at_its_field(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ada)
    url = f"/t/{topic.public_id}/title"
    assert "The title is empty." in client.post(url, data={"title": "\u200b"}).text
    long = client.post(url, data={"title": "x" * 10_001})
    assert long.status_code == 422
    assert "10,001 characters" in long.text


def test_the_page_for_looking_after_shows_what_one_may(app, cast):
    topic = ask(cast)
    url = f"/t/{topic.public_id}/care"
    moderator = sign_in(app.test_client(), cast.mo).get(url).text
    assert all(verb in moderator for verb in ("/lock", "/pin", "/space", "/deletion"))
    author = sign_in(app.test_client(), cast.ada).get(url).text
    assert "/title" in author and "/deletion" in author
    assert "/lock" not in author and "/pin" not in author
    assert sign_in(app.test_client(), cast.ben).get(url).status_code == 403


def test_every_deed_can_be_done_from_the_page(client, cast):
    topic = ask(cast)
    sign_in(client, cast.mo)
    day = tomorrow().date().isoformat()
    for path, form in (
        ("lock", {}),
        ("lock/deletion", {}),
        ("pin", {"until": day}),
        ("pin/deletion", {}),
        ("title", {"title": "Another"}),
        ("hiding", {}),
        ("restoration", {}),
        ("deletion", {}),
        ("restoration", {}),
    ):
        assert client.post(f"/t/{topic.public_id}/{path}", data=form).status_code == 303, path
    assert client.post(f"/t/{topic.public_id}/pin", data={"until": "soon"}).status_code == 422
