"""What an idea says of its votes."""

from collections.abc import Iterable

from sqlalchemy import func, select

from community.counters import Counter, counted
from ideas.board.models import Idea
from ideas.voting.models import Vote


@counted
def votes_for_ideas() -> Iterable[Counter]:
    own = Vote.idea_id == Idea.id
    votes = select(func.count()).select_from(Vote).where(own)
    yield Counter(Idea.vote_count, votes.correlate(Idea).scalar_subquery())
    weights = select(func.sum(Vote.weight)).where(own)
    yield Counter(Idea.trend, weights.correlate(Idea).scalar_subquery())
