"""Editing, withdrawing, removing and restoring ideas."""

from datetime import timedelta

import pytest

from community import clock
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, NotFound
from community.policy import find_visible
from community.texts.preparation import prepare
from community.threads.actions import write_post
from ideas.board.actions import edit_idea, remove_idea, restore_idea, withdraw_idea, write_note
from ideas.board.models import Idea
from ideas.board.queries import notes_on
from ideas.board.statuses import Status
from ideas.voting.actions import vote_for
from tests.conftest import sign_in
from tests.ideas.proposals import decide, propose


def edit(idea, viewer, title="Better", text="Better words") -> None:
    edit_idea(idea, title, prepare(text), by=viewer, base=idea.text.revision)


def test_an_author_betters_their_idea(app, cast):
    idea = propose(cast)
    edit(idea, cast.viewer("ada"))
    assert (idea.title, idea.slug, idea.text.source) == ("Better", "better", "Better words")


def test_once_others_stand_behind_it_the_words_stay(app, cast):
    with clock.at(clock.now() - timedelta(hours=2)):
        idea = propose(cast)
    for name in ("ben", "cleo", "eve"):
        vote_for(idea, by=cast.viewer(name))
    with pytest.raises(Forbidden):
        edit(idea, cast.viewer("ada"))
    edit(idea, cast.viewer("pam"))


def test_within_the_first_hour_votes_do_not_matter(app, cast):
    idea = propose(cast)
    for name in ("ben", "cleo", "eve"):
        vote_for(idea, by=cast.viewer(name))
    edit(idea, cast.viewer("ada"))
    assert idea.title == "Better"


def test_nobody_else_edits_it(app, cast):
    idea = propose(cast)
    for name in ("ben", "eve"):
        with pytest.raises(Forbidden):
            edit(idea, cast.viewer(name))


def test_an_edit_of_an_older_revision_is_refused(app, cast):
    idea = propose(cast)
    with pytest.raises(Conflict):
        edit_idea(idea, "T", prepare("x"), by=cast.viewer("ada"), base=7)


def test_the_form_keeps_what_was_typed(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ada)
    url = f"/ideas/{idea.public_id}/edit"
    assert "One filter" in client.get(url).text
    refused = client.post(url, data={"title": "", "text": "kept", "base": 1})
    assert (refused.status_code, "kept" in refused.text) == (422, True)
    stale = client.post(url, data={"title": "T", "text": "kept", "base": 9})
    assert (stale.status_code, "kept" in stale.text) == (409, True)
    assert client.post(url, data={"title": "T", "text": "new", "base": 1}).status_code == 303


def test_who_may_not_edit_gets_no_form(client, cast):
    url = f"/ideas/{propose(cast).public_id}/edit"
    sign_in(client, cast.ben)
    assert client.get(url).status_code == 403
    assert client.post(url, data={"title": "T", "text": "x", "base": 1}).status_code == 403
    assert client.post("/ideas/aaaaaaaa/edit").status_code == 404


def test_an_author_withdraws_what_nobody_else_wants(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ada"))
    withdraw_idea(idea, by=cast.viewer("ada"))
    assert idea.status == Status.WITHDRAWN
    with pytest.raises(NotFound):
        find_visible(Idea, idea.public_id, cast.viewer("ben"))
    assert find_visible(Idea, idea.public_id, cast.viewer("ada"))


def test_an_idea_with_other_voters_stays(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    with pytest.raises(Conflict, match="1 other person"):
        withdraw_idea(idea, by=cast.viewer("ada"))


def test_only_the_author_withdraws(app, cast):
    with pytest.raises(Forbidden):
        withdraw_idea(propose(cast), by=cast.viewer("pam"))


def test_comments_and_notes_go_and_come_back_with_it(app, cast):
    idea = propose(cast)
    write_post(idea.thread, prepare("A comment"), by=cast.viewer("ben"))
    write_note(idea, prepare("A note"), by=cast.viewer("eve"))
    remove_idea(idea, by=cast.viewer("pam"))
    assert notes_on(idea, cast.viewer("eve")) == []
    with pytest.raises(NotFound):
        write_post(idea.thread, prepare("Another"), by=cast.viewer("ben"))
    restore_idea(idea, by=cast.viewer("pam"))
    assert len(notes_on(idea, cast.viewer("eve"))) == 1
    write_post(idea.thread, prepare("Another"), by=cast.viewer("ben"))


def test_a_restored_idea_has_the_status_it_had(app, cast):
    idea, fresh = propose(cast), propose(cast, "Fresh")
    decide(cast, idea, Status.UNDER_REVIEW)
    for one in (idea, fresh):
        remove_idea(one, by=cast.viewer("pam"))
        restore_idea(one, by=cast.viewer("pam"))
    assert (idea.status, fresh.status) == (Status.UNDER_REVIEW, Status.NEW)


def test_members_remove_and_restore_nothing(app, cast):
    idea = propose(cast)
    with pytest.raises(Forbidden):
        remove_idea(idea, by=cast.viewer("ben"))
    with pytest.raises(Forbidden):
        restore_idea(idea, by=cast.viewer("pam"))


def test_taking_away_and_bringing_back_over_the_web(client, cast):
    idea = propose(cast)
    sign_in(client, cast.pam)
    assert client.post(f"/ideas/{idea.public_id}/removal").status_code == 303
    assert "was taken away" in client.get(f"/ideas/{idea.public_id}").text
    assert client.post(f"/ideas/{idea.public_id}/removal/delete").status_code == 303
    client.post("/sign-out")
    sign_in(client, cast.ada)
    assert client.post(f"/ideas/{idea.public_id}/withdrawal").status_code == 303


def test_an_earlier_revision_comes_back_under_the_present_title(client, cast):
    idea = propose(cast)
    with clock.at(clock.now() + timedelta(minutes=10)):
        edit(idea, cast.viewer("ada"), title="Second")
    sign_in(client, cast.ada)
    assert client.get(f"/history/idea/{idea.public_id}").status_code == 200
    answer = client.post(
        f"/history/idea/{idea.public_id}/1/restoration", data={"base": idea.text.revision}
    )
    session.rollback()
    assert answer.status_code == 303, answer.text
    assert (idea.title, idea.text.source) == ("Second", "One filter, 4,000 records.")


def test_a_deleted_idea_cannot_be_edited(app, cast):
    idea = propose(cast)
    with write_transaction():
        session.get_one(Idea, idea.id).state = "deleted"
    with pytest.raises(Forbidden):
        edit(idea, cast.viewer("ada"))
