"""What others say of one's work: who gave it, whose work it was, and that it can be taken back."""

import pytest
from sqlalchemy import select

from community.database import session
from community.tagging.events import TagsChanged
from ideas.review.events import IdeaStatusChanged
from ideas.voting.events import IdeaVoted, VoteWithdrawn
from metrics.facts.models import Fact, Verb
from tests.metrics.happenings import History


@pytest.fixture
def facts(noon, tell, database):
    def recorded(*events):
        history = History()
        for event in events:
            history.happens("E1", noon, event(history))
        tell(history)
        return session.scalars(select(Fact).order_by(Fact.event_id)).all()

    return recorded


def test_a_vote_is_about_the_ideas_author(facts):
    (vote,) = facts(lambda told: IdeaVoted(idea_id=7, author_id=told.member("C1")))
    assert (vote.verb, vote.to_segment) == (Verb.VOTE, 2)


def test_a_vote_taken_back_says_what_it_takes_back(facts):
    (back,) = facts(lambda told: VoteWithdrawn(idea_id=7, author_id=told.member("C1")))
    assert (back.verb, back.detail) == (Verb.UNDONE, Verb.VOTE)


def test_tagging_is_a_deed_of_its_own(facts):
    tagged = TagsChanged(subject_kind="topic", subject_id=1, added=[1], taken=[])
    assert facts(lambda told: tagged)[0].verb == Verb.TAGGING


@pytest.mark.parametrize(
    ("status", "counts"), [("planned", 1), ("shipped", 1), ("declined", 0), ("under_review", 0)]
)
def test_an_idea_taken_up_is_an_outcome(facts, status, counts):
    changed = IdeaStatusChanged(
        idea_id=7, change_id=1, from_status="new", to_status=status, response_id=None
    )
    found = facts(lambda told: changed)
    assert [fact.verb for fact in found] == [Verb.OUTCOME] * counts
