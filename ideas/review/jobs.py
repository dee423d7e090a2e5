"""What the house does with ideas by itself."""

from community.jobs import periodic
from ideas.review.actions import return_unanswered
from ideas.review.queries import waiting_too_long


@periodic("ideas.return_unanswered", days=1)
def return_unanswered_ideas() -> None:
    for idea in waiting_too_long():
        return_unanswered(idea)
