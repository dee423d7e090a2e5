"""Taking votes back."""

import pytest
from sqlalchemy import func, select

from community import clock
from community.database import session
from community.errors import Conflict, NotSignedIn
from community.events import EventRow
from ideas.board.statuses import Status
from ideas.ranking.score import weight_at
from ideas.voting.actions import vote_for, withdraw_vote
from tests.conftest import sign_in
from tests.ideas.proposals import propose, walk


def test_a_vote_taken_back_no_longer_counts(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    assert withdraw_vote(idea, by=cast.viewer("ben"))
    assert (idea.vote_count, idea.trend) == (0, 0)


def test_taking_back_what_was_not_given_changes_nothing(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("cleo"))
    assert not withdraw_vote(idea, by=cast.viewer("ben"))
    assert idea.vote_count == 1
    told = select(func.count()).where(EventRow.name == "VoteWithdrawn")
    assert session.scalar(told) == 0


def test_the_other_votes_keep_their_weight_to_the_last_digit(app, cast):
    """A year of votes is twenty-six half-lives: a difference would lose the old ones."""
    idea = propose(cast)
    long_ago = clock.now().replace(year=2021)
    with clock.at(long_ago):
        vote_for(idea, by=cast.viewer("cleo"))
    vote_for(idea, by=cast.viewer("ben"))
    withdraw_vote(idea, by=cast.viewer("ben"))
    assert idea.trend == weight_at(long_ago)


def test_votes_for_what_is_on_its_way_are_kept(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    walk(cast, idea, Status.UNDER_REVIEW, Status.PLANNED)
    with pytest.raises(Conflict):
        withdraw_vote(idea, by=cast.viewer("ben"))
    assert idea.vote_count == 1


def test_a_visitor_has_nothing_to_take_back(app, cast):
    with pytest.raises(NotSignedIn):
        withdraw_vote(propose(cast), by=cast.viewer("visitor"))


def test_pressing_again_takes_the_vote_back(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    client.post(f"/ideas/{idea.public_id}/vote")
    answer = client.post(f"/ideas/{idea.public_id}/vote/delete", headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in answer.text
    session.rollback()
    assert idea.vote_count == 0
