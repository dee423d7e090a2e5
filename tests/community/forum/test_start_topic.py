"""Opening topics."""

import pytest

from community.database import session
from community.errors import NotFound
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.worker import run_jobs
from tests.conftest import sign_in


def test_a_topic_and_its_first_post_can_be_read_by_a_visitor(app, cast):
    ada = cast.viewer("ada")
    topic = start_topic(find_space("help", ada), "Row 12,000", prepare("It *stops*."), by=ada)
    run_jobs()
    answer = app.test_client().get(f"/t/{topic.public_id}")
    assert answer.status_code == 200
    assert "<em>stops</em>" in answer.text


def test_a_customer_cannot_start_a_topic_where_only_employees_read(app, cast):
    eve = cast.viewer("eve")
    floor = find_space("floor", eve)
    with pytest.raises(NotFound):
        start_topic(floor, "Hello", prepare("there"), by=cast.viewer("ada"))


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.post("/c/help/topics", data={"title": "a", "text": "b"}).status_code == 401


def test_a_form_sent_twice_makes_one_topic(client, cast):
    sign_in(client, cast.ada)
    form = {"title": "Once", "text": "only", "submission": "token-1"}
    first = client.post("/c/help/topics", data=form)
    second = client.post("/c/help/topics", data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert session.query(Topic).count() == 1


def test_an_empty_title_keeps_the_text(client, cast):
    sign_in(client, cast.ada)
    answer = client.post("/c/help/topics", data={"title": "\u200b ", "text": "what I typed"})
    assert answer.status_code == 422
    assert "what I typed" in answer.text


def test_a_silenced_page_is_the_same_as_one_that_never_was(client, cast):
    eve = cast.viewer("eve")
    topic = start_topic(find_space("floor", eve), "Secret", prepare("plans"), by=eve)
    sign_in(client, cast.ada)
    hidden, absent = client.get(f"/t/{topic.public_id}"), client.get("/t/aaaaaaaa")
    assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert dict(hidden.headers) == dict(absent.headers)
