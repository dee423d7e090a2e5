"""Answering officially."""

import pytest

from community.errors import Forbidden
from community.texts.preparation import prepare
from ideas.board.statuses import Status
from ideas.review.actions import respond
from ideas.review.queries import history_of
from tests.conftest import sign_in
from tests.ideas.proposals import decide, propose


def test_the_last_answer_stands_and_the_one_before_is_kept(app, cast):
    idea = propose(cast)
    respond(idea, prepare("First"), by=cast.viewer("pam"))
    respond(idea, prepare("Second"), by=cast.viewer("pam"))
    assert idea.response.text.source == "Second"
    assert [entry.response.text.source for entry in history_of(idea)] == ["Second", "First"]


@pytest.mark.parametrize("name", ["ada", "eve", "mo"])
def test_only_a_product_manager_answers_officially(app, cast, name):
    with pytest.raises(Forbidden):
        respond(propose(cast), prepare("Me"), by=cast.viewer(name))


def test_the_answer_is_written_on_a_page_of_its_own(client, cast):
    idea = propose(cast)
    sign_in(client, cast.pam)
    url = f"/ideas/{idea.public_id}/response"
    assert "Answer officially" in client.get(url).text
    assert client.post(url, data={"text": "We *heard* you"}).status_code == 303
    assert "<em>heard</em>" in client.get(f"/ideas/{idea.public_id}").text


def test_an_empty_answer_is_refused(client, cast):
    idea = propose(cast)
    sign_in(client, cast.pam)
    assert client.post(f"/ideas/{idea.public_id}/response", data={"text": " "}).status_code == 422
    assert client.post("/ideas/aaaaaaaa/response", data={"text": "x"}).status_code == 404


def test_an_older_answer_is_read_in_the_history(client, cast):
    idea = propose(cast)
    respond(idea, prepare("The first word"), by=cast.viewer("pam"))
    decide(cast, idea, Status.UNDER_REVIEW)
    respond(idea, prepare("The last word"), by=cast.viewer("pam"))
    page = client.get(f"/ideas/{idea.public_id}").text
    assert page.index("The last word") < page.index("The first word")
