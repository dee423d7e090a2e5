"""Accepting an answer: one or none, by the asker or who looks after the space."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Conflict, Forbidden, NotFound
from community.events import EventRow
from community.forum.answers import AnotherAnswer, accept_answer, unaccept_answer
from community.forum.models import Topic
from community.threads.actions import delete_post
from community.threads.models import Post
from community.worker import run_jobs
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def names():
    session.rollback()
    return [
        name
        for name in session.scalars(select(EventRow.name).order_by(EventRow.id))
        if name.startswith("Answer")
    ]


def accepted(topic):
    session.rollback()
    return session.get_one(Topic, topic.id).accepted_post_id


@pytest.mark.parametrize("name", ["ada", "mo", "al"])
def test_the_asker_and_moderators_accept(app, cast, name):
    topic = ask(cast)
    post = answer(cast, topic)
    accept_answer(topic, post, by=cast.viewer(name))
    assert accepted(topic) == post.id
    assert names() == ["AnswerAccepted"]


@pytest.mark.parametrize("name", ["ben", "cleo", "eve", "max"])
def test_nobody_else_accepts_or_takes_back(sqlite_app, cast, name):
    topic = ask(cast)
    post = answer(cast, topic)
    with pytest.raises(Forbidden):
        accept_answer(topic, post, by=cast.viewer(name))
    accept_answer(topic, post, by=cast.viewer("ada"))
    with pytest.raises(Forbidden):
        unaccept_answer(topic, by=cast.viewer(name))


def test_accepting_twice_changes_nothing(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    for _time in range(2):
        accept_answer(topic, post, by=cast.viewer("ada"))
    assert names() == ["AnswerAccepted"]


def test_a_second_answer_asks_before_it_replaces_the_first(client, cast):
    topic = ask(cast)
    first, second = answer(cast, topic, "ben"), answer(cast, topic, "eve")
    sign_in(client, cast.ada)
    url = f"/t/{topic.public_id}/answer"
    assert client.post(url, data={"post": first.public_id}).status_code == 303
    asked = client.post(url, data={"post": second.public_id})
    assert asked.status_code == 409
    assert "There is already an accepted answer. Replace it?" in asked.text
    assert accepted(topic) == first.id
    client.post(url, data={"post": second.public_id, "replace": "1"})
    assert accepted(topic) == second.id
    assert names() == ["AnswerAccepted", "AnswerUnaccepted", "AnswerAccepted"]


def test_of_two_at_once_one_is_asked(app, cast):
    """The second still holds what it read before the first was written."""
    from community.forum.answers import _set_answer

    topic = ask(cast)
    first, second = answer(cast, topic, "ben"), answer(cast, topic, "eve")
    accept_answer(topic, first, by=cast.viewer("ada"))
    from community.database import write_transaction

    with pytest.raises(AnotherAnswer), write_transaction():
        _set_answer(topic, None, second, cast.ada.id)
    assert accepted(topic) == first.id


def test_taking_back_leaves_none(app, cast):
    topic = ask(cast)
    accept_answer(topic, answer(cast, topic), by=cast.viewer("ada"))
    unaccept_answer(topic, by=cast.viewer("ada"))
    unaccept_answer(topic, by=cast.viewer("ada"))
    assert accepted(topic) is None
    assert names() == ["AnswerAccepted", "AnswerUnaccepted"]


def test_the_question_itself_and_posts_of_others_are_no_answers(sqlite_app, cast):
    topic, other = ask(cast), ask(cast)
    opening = session.scalars(select(Post).where(Post.thread_id == topic.thread_id)).one()
    for post in (opening, answer(cast, other)):
        with pytest.raises(Conflict):
            accept_answer(topic, post, by=cast.viewer("ada"))


def test_only_questions_have_answers(sqlite_app, cast):
    topic = ask(cast, space="plaza")
    with pytest.raises(Forbidden):
        accept_answer(topic, answer(cast, topic), by=cast.viewer("ada"))


def test_an_answer_that_is_deleted_answers_no_more(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    accept_answer(topic, post, by=cast.viewer("ada"))
    delete_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert accepted(topic) is None
    assert names() == ["AnswerAccepted", "AnswerUnaccepted"]


def test_in_a_space_one_cannot_read_there_is_no_question(sqlite_app, cast):
    topic = ask(cast, "eve", space="floor")
    post = answer(cast, topic, "pam")
    with pytest.raises(NotFound):
        accept_answer(topic, post, by=cast.viewer("ada"))


def test_the_page_marks_the_answer_and_leads_to_it(client, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    accept_answer(topic, post, by=cast.viewer("ada"))
    page = client.get(f"/t/{topic.public_id}/{topic.slug}").text
    assert "post--answer" in page
    assert "Accepted answer" in page
    assert "answered" in client.get("/latest").text
