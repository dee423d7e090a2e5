"""How statuses read."""

from datetime import date

import pytest

from ideas.board.statuses import Status
from ideas.board.subjects import place_of_proposal
from ideas.board.wording import promise_words, status_words
from ideas.releases.queries import releases_of
from tests.conftest import sign_in
from tests.ideas.proposals import decide, employees_board, propose


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"release": "7.4"}, "Planned for 7.4"),
        ({"quarter": "2027-Q1"}, "Planned for Q1 2027"),
        ({"undated": True}, "Planned, no date yet"),
    ],
)
def test_what_is_planned_says_for_when(app, cast, said, words):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED, **said)
    assert status_words(idea) == words


def test_what_was_put_off_says_until_when(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    decide(cast, idea, Status.NOT_NOW, revisit_on=date(2099, 5, 4))
    assert status_words(idea) == "Not now: to be looked at again on 4 May 2099"


def test_a_new_idea_is_new_and_promises_nothing(app, cast):
    idea = propose(cast)
    assert (status_words(idea), promise_words(idea.change)) == ("New", "")


def test_releases_are_those_of_the_board(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED, release="7.4")
    assert [release.version for release in releases_of(idea.space)] == ["7.4"]
    assert releases_of(employees_board()) == []


def test_a_draft_goes_on_where_the_board_is_open_to_its_writer(house, cast):
    employees_board()
    with house.test_request_context():
        assert place_of_proposal("product", cast.viewer("ada")).url == "/ideas/b/product/new"
        assert place_of_proposal("inside", cast.viewer("ada")) is None


def test_drafts_of_ideas_are_listed_with_the_others(client, cast):
    sign_in(client, cast.ada)
    client.put("/drafts/idea:product", data={"title": "Half", "text": "a thought"})
    assert "/ideas/b/product/new" in client.get("/drafts").text
