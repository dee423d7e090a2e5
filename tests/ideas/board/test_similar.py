"""Ideas like the one being written."""

import pytest

from community.buffers import flush
from community.database import session
from community.events import EventRow
from community.search.indexing import rebuild_index
from community.worker import run_jobs
from ideas.board.actions import remove_idea
from ideas.board.similar import similar_ideas
from ideas.board.statuses import Status
from tests.conftest import sign_in
from tests.ideas.proposals import employees_board, propose, walk


@pytest.fixture
def index(house, cast):
    run_jobs()
    rebuild_index()


def indexed() -> None:
    run_jobs()
    session.rollback()


def test_declined_and_shipped_ones_are_offered_too(house, cast, index):
    declined, shipped = propose(cast, "Undo for bulk edits"), propose(cast, "Undo a bulk delete")
    walk(cast, declined, Status.UNDER_REVIEW, Status.DECLINED)
    path = (Status.UNDER_REVIEW, Status.PLANNED, Status.IN_PROGRESS, Status.TESTING, Status.SHIPPED)
    walk(cast, shipped, *path)
    propose(cast, "Dark theme")
    indexed()
    with house.test_request_context():
        found = similar_ideas("bulk undo", cast.viewer("ben"))
    assert {idea.title for idea in found} == {"Undo for bulk edits", "Undo a bulk delete"}


def test_nothing_is_offered_before_three_characters(house, cast, index):
    propose(cast)
    indexed()
    assert similar_ideas("un", cast.viewer("ben")) == []


def test_ideas_one_may_not_read_are_never_offered(house, cast, index):
    employees_board()
    propose(cast, "Undo for bulk edits", by="eve", board="inside")
    indexed()
    with house.test_request_context():
        assert similar_ideas("undo bulk edits", cast.viewer("ada")) == []
        assert similar_ideas("undo bulk edits", cast.viewer("eve"))


def test_the_fragment_shows_status_and_a_vote_for_mine_too(client, cast, index):
    walk(cast, propose(cast, "Undo every edit"), Status.UNDER_REVIEW, Status.DECLINED)
    propose(cast, "Undo bulk edits")
    indexed()
    sign_in(client, cast.ben)
    answer = client.get("/ideas/similar?title=undo+edits", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Declined" in answer.text
    assert "mine too" in answer.text


def test_without_javascript_it_is_a_page(client, cast, index):
    propose(cast)
    indexed()
    answer = client.get("/ideas/similar?title=undo+for+bulk")
    assert "<html" in answer.text
    assert "Undo for bulk edits" in answer.text


def test_checking_without_javascript_keeps_everything_typed(client, cast, index):
    propose(cast)
    indexed()
    sign_in(client, cast.ben)
    typed = {"title": "Undo for bulk edits", "text": "my own words", "check": "1"}
    answer = client.post("/ideas/b/product/ideas", data=typed)
    assert answer.status_code == 200
    assert "my own words" in answer.text
    assert "Is one of these yours?" in answer.text


def test_what_was_offered_is_recorded(client, cast, index):
    idea = propose(cast)
    indexed()
    sign_in(client, cast.ben)
    client.get("/ideas/similar?title=undo+bulk", headers={"HX-Request": "true"})
    flush()
    (shown,) = session.query(EventRow).filter_by(name="DuplicatesShown").all()
    assert (shown.payload["ideas"], shown.actor_id) == ([idea.id], cast.ben.id)


def test_nothing_like_it_is_said_and_not_recorded(client, cast, index):
    sign_in(client, cast.ben)
    answer = client.get("/ideas/similar?title=zebra", headers={"HX-Request": "true"})
    assert "Nothing like it" in answer.text
    flush()
    assert session.query(EventRow).filter_by(name="DuplicatesShown").count() == 0


def test_an_idea_is_found_by_its_status(client, cast, index):
    walk(cast, propose(cast), Status.UNDER_REVIEW, Status.DECLINED)
    indexed()
    assert "Undo for" in client.get("/search?q=status:declined+bulk").text.replace("<mark>", "")


def test_a_removed_idea_is_found_no_more(client, cast, index):
    idea = propose(cast)
    indexed()
    remove_idea(idea, by=cast.viewer("pam"))
    indexed()
    assert similar_ideas("undo bulk", cast.viewer("pam")) == []
