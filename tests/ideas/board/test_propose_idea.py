"""Proposing ideas."""

import pytest

from community import clock
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.errors import Forbidden, Invalid, NotFound
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.texts.models import Draft
from community.texts.preparation import prepare
from ideas.board.actions import propose_idea
from ideas.board.models import Idea
from tests.conftest import sign_in
from tests.ideas.proposals import employees_board, propose
from tests.world import open_space


def test_a_customer_proposes_and_a_visitor_reads_it(app, cast):
    idea = propose(cast)
    answer = app.test_client().get(f"/ideas/{idea.public_id}/undo-for-bulk-edits")
    assert answer.status_code == 200
    assert "One filter, 4,000 records." in answer.text


def test_its_comments_are_of_its_own_audience(app, cast):
    idea = propose(cast)
    assert idea.thread.subject_kind == "idea"
    assert idea.thread.audience_id == idea.audience_id == idea.space.audience_id


def test_where_one_may_not_propose(app, cast):
    employees_board()
    with write_transaction():
        open_space("shown", "board", everyone=Level.SEE)
    viewer = cast.viewer("ada")
    with pytest.raises(Forbidden):
        propose_idea(find_space("shown", viewer), "Title", prepare("Text"), by=viewer)
    with pytest.raises(Forbidden):
        propose_idea(find_space("help", viewer), "Title", prepare("Text"), by=viewer)
    inside = find_space("inside", cast.viewer("eve"))
    with pytest.raises(NotFound):
        propose_idea(inside, "Title", prepare("Text"), by=viewer)


def test_a_board_that_was_laid_aside_takes_no_ideas(app, cast):
    board = find_space("product", cast.viewer("ada"))
    with write_transaction():
        session.get_one(Space, board.id).archived_at = clock.now()
    with pytest.raises(Forbidden):
        propose(cast)


def test_a_form_sent_twice_makes_one_idea(client, cast):
    sign_in(client, cast.ada)
    form = {"title": "Once", "text": "only", "submission": "token-1"}
    first = client.post("/ideas/b/product/ideas", data=form)
    second = client.post("/ideas/b/product/ideas", data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert session.query(Idea).count() == 1


def test_proposing_discards_the_draft(client, cast):
    sign_in(client, cast.ada)
    client.put("/drafts/idea:product", data={"title": "Half", "text": "a thought"})
    assert "a thought" in client.get("/ideas/b/product/new").text
    client.post("/ideas/b/product/ideas", data={"title": "Whole", "text": "now"})
    session.rollback()
    assert session.query(Draft).count() == 0


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u200b", "x" * 201])
def test_a_bad_title_keeps_the_text(client, cast, title):
    sign_in(client, cast.ada)
    answer = client.post("/ideas/b/product/ideas", data={"title": title, "text": "what I typed"})
    assert answer.status_code == 422
    assert "what I typed" in answer.text
    assert 'id="title-error"' in answer.text


def test_an_empty_text_keeps_the_title(client, cast):
    sign_in(client, cast.ada)
    answer = client.post("/ideas/b/product/ideas", data={"title": "My title", "text": " "})
    assert (answer.status_code, "My title" in answer.text) == (422, True)


def test_a_text_that_cannot_be_stored_is_refused_and_shown(client, cast):
    sign_in(client, cast.ada)
    answer = client.post("/ideas/b/product/ideas", data={"title": "T", "text": "a\x00b"})
    assert answer.status_code == 400
    assert "position 1" in answer.text


def test_other_fields_change_nothing(client, cast):
    sign_in(client, cast.ada)
    form = {"title": "T", "text": "b", "vote_count": "999", "status": "shipped"}
    client.post("/ideas/b/product/ideas", data=form)
    idea = session.query(Idea).one()
    assert (idea.vote_count, idea.status) == (0, "new")


def test_a_visitor_is_asked_to_sign_in_first(client, cast):
    answer = client.get("/ideas/new")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/ideas/new")
    assert client.post("/ideas/b/product/ideas", data={"title": "a"}).status_code == 401


def test_with_one_board_there_is_nothing_to_choose(client, cast):
    sign_in(client, cast.eve)
    assert "Your idea in one line" in client.get("/ideas/new").text
    employees_board()
    assert "What is your idea about?" in client.get("/ideas/new").text


def test_without_a_board_one_is_told(client, cast):
    with write_transaction():
        board = session.query(Space).filter_by(slug="product").one()
        board.archived_at = clock.now()
    sign_in(client, cast.ada)
    assert "No board is open to you" in client.get("/ideas/new").text


def test_a_form_for_a_board_that_only_shows_is_refused(client, cast):
    with write_transaction():
        open_space("shown", "board", everyone=Level.SEE)
    sign_in(client, cast.ada)
    assert client.get("/ideas/b/shown/new").status_code == 403
    assert client.post("/ideas/b/shown/ideas", data={"title": "T", "text": "x"}).status_code == 403


def test_titles_have_single_blanks(app, cast):
    idea = propose(cast, "  Two   words ")
    assert (idea.title, idea.slug) == ("Two words", "two-words")
    with pytest.raises(Invalid):
        propose(cast, " ")


def test_a_title_without_letters_still_has_an_address(app, cast):
    assert propose(cast, "？！").slug == "-"


def test_an_owner_sees_more_than_others(app, cast):
    with write_transaction():
        board = open_space("mine", "board")
        set_grant(board.audience, Level.OWN, member=cast.pam)
    idea = propose(cast, by="pam", board="mine")
    assert idea.space.slug == "mine"
