"""Drafts: what was typed is there again, for its writer alone."""

import pytest
from sqlalchemy import func, select

from community.database import session
from community.texts.models import Draft
from tests.community.threads.conversations import ask
from tests.conftest import sign_in


def kept():
    session.rollback()
    return session.scalar(select(func.count()).select_from(Draft))


def test_a_draft_is_there_again_in_the_composer_and_in_the_list(app, cast):
    topic = ask(cast)
    place = f"/drafts/reply:{topic.thread.public_id}"
    client = sign_in(app.test_client(), cast.ben)
    for text in ("Half", "Half a thought"):
        assert client.put(place, data={"text": text}).status_code == 204
    assert kept() == 1
    elsewhere = sign_in(app.test_client(), cast.ben)
    assert "Half a thought" in elsewhere.get(f"/t/{topic.public_id}/{topic.slug}").text
    assert "Half a thought" in elsewhere.get("/drafts").text


def test_nobody_sees_another_members_draft(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    client.put(f"/drafts/reply:{topic.thread.public_id}", data={"text": "private thought"})
    draft = session.scalars(select(Draft)).one()
    other = sign_in(client.application.test_client(), cast.ada)
    assert "private thought" not in other.get("/drafts").text
    assert other.post(f"/drafts/{draft.public_id}/deletion").status_code == 404
    assert kept() == 1
    assert client.post(f"/drafts/{draft.public_id}/deletion").status_code == 303
    assert kept() == 0


def test_emptying_the_text_ends_the_draft(client, cast):
    sign_in(client, cast.ben)
    client.put("/drafts/topic:help", data={"title": "Why", "text": ""})
    assert kept() == 1
    client.put("/drafts/topic:help", data={"title": " ", "text": ""})
    assert kept() == 0


@pytest.mark.parametrize(
    ("place", "text", "status"),
    [
        ("nowhere", "x", 400),
        ("reply:" + "x" * 200, "x", 400),
        ("topic:help", "a\0b", 400),
        ("topic:help", "x" * 300_000, 422),
    ],
)
def test_what_cannot_be_kept_is_refused(client, cast, place, text, status):
    sign_in(client, cast.ben)
    assert client.put(f"/drafts/{place}", data={"text": text}).status_code == status
    assert kept() == 0


def test_a_visitor_keeps_no_drafts(client, cast):
    assert client.put("/drafts/topic:help", data={"text": "x"}).status_code == 401


def test_a_draft_outlives_the_place_it_was_typed_in(client, cast):
    sign_in(client, cast.ben)
    client.put("/drafts/reply:aaaaaaaa", data={"text": "typed before it vanished"})
    page = client.get("/drafts").text
    assert "typed before it vanished" in page
    assert "no longer open to you" in page


def test_after_signing_in_again_the_new_topic_is_where_it_was(client, cast):
    sign_in(client, cast.ben)
    client.put("/drafts/topic:help", data={"title": "Why so slow", "text": "Since Monday"})
    page = client.get("/c/help/new").text
    assert "Why so slow" in page
    assert "Since Monday" in page
