"""What waits for an answer too long is looked at as it is."""

from datetime import timedelta

from community import clock
from community.database import session
from community.events import EventRow
from ideas.board.statuses import Status
from ideas.review.jobs import return_unanswered_ideas
from ideas.review.queries import history_of
from tests.ideas.proposals import propose, walk


def asked(cast, *, days: int):
    with clock.at(clock.now() - timedelta(days=days)):
        idea = propose(cast)
        walk(cast, idea, Status.UNDER_REVIEW, Status.NEEDS_INFO)
    return idea


def test_after_thirty_days_without_an_answer_it_is_under_review_again(app, cast):
    old, fresh = asked(cast, days=31), asked(cast, days=29)
    return_unanswered_ideas()
    assert (old.status, fresh.status) == (Status.UNDER_REVIEW, Status.NEEDS_INFO)


def test_nobody_is_named_as_having_done_it(app, cast):
    idea = asked(cast, days=31)
    return_unanswered_ideas()
    assert history_of(idea)[0].change.actor is None
    last = session.query(EventRow).filter_by(name="IdeaStatusChanged").all()[-1]
    assert last.actor_id is None


def test_running_it_again_changes_nothing(app, cast):
    idea = asked(cast, days=31)
    return_unanswered_ideas()
    return_unanswered_ideas()
    assert len(history_of(idea)) == 3


def test_the_page_says_that_it_moved_by_itself(client, cast):
    idea = asked(cast, days=31)
    return_unanswered_ideas()
    assert "by itself, after thirty days" in client.get(f"/ideas/{idea.public_id}").text
