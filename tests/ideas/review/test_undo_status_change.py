"""Taking a decision back within ten minutes."""

import pytest

from community import clock
from community.database import session
from community.errors import Conflict, Forbidden
from community.events import EventRow
from community.texts.preparation import prepare
from ideas.board.statuses import Status
from ideas.review.actions import respond, undo_status_change
from ideas.review.queries import history_of
from tests.ideas.proposals import decide, propose, walk


def test_within_ten_minutes_it_is_as_before(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    since = idea.status_at
    decide(cast, idea, Status.DECLINED)
    undo_status_change(idea, by=cast.viewer("pam"))
    assert (idea.status, idea.status_at) == (Status.UNDER_REVIEW, since)
    assert idea.response is None
    assert [str(entry.change.to_status) for entry in history_of(idea)] == ["under_review"]


def test_the_first_decision_can_be_taken_back_too(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    undo_status_change(idea, by=cast.viewer("pam"))
    assert (idea.status, idea.change, idea.status_at) == (Status.NEW, None, idea.created_at)


def test_the_answer_before_stands_again(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    respond(idea, prepare("We are looking."), by=cast.viewer("pam"))
    decide(cast, idea, Status.DECLINED)
    undo_status_change(idea, by=cast.viewer("pam"))
    assert idea.response.text.source == "We are looking."


def test_an_answer_given_since_stays(app, cast):
    idea = propose(cast)
    walk(cast, idea, Status.UNDER_REVIEW, Status.DECLINED)
    respond(idea, prepare("More words."), by=cast.viewer("pam"))
    undo_status_change(idea, by=cast.viewer("pam"))
    assert idea.response.text.source == "More words."


def test_after_ten_minutes_it_stands(app, cast):
    with clock.at(clock.now()):
        idea = propose(cast)
        decide(cast, idea, Status.UNDER_REVIEW)
        clock.advance(minutes=11)
        with pytest.raises(Conflict):
            undo_status_change(idea, by=cast.viewer("pam"))


def test_without_a_decision_there_is_nothing_to_take_back(app, cast):
    with pytest.raises(Conflict):
        undo_status_change(propose(cast), by=cast.viewer("pam"))


def test_the_author_does_not_take_it_back(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    with pytest.raises(Forbidden):
        undo_status_change(idea, by=cast.viewer("ada"))


def test_it_is_told_as_what_happened(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    undo_status_change(idea, by=cast.viewer("pam"))
    (undone,) = session.query(EventRow).filter_by(name="IdeaStatusChangeUndone").all()
    assert undone.payload["to_status"] == "under_review"
