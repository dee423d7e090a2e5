"""The roadmap: the ideas that were committed to and those that were shipped lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from community import clock
from community.database import session
from community.spaces.models import Space
from community.subjects import State
from community.viewer import Viewer
from ideas.board.models import Idea
from ideas.board.queries import readable_ideas
from ideas.board.statuses import STATUSES, Status, StatusKind

SHIPPED_WITHIN = timedelta(days=180)
MOST = 30

COLUMNS = (
    (Status.PLANNED,),
    (Status.IN_PROGRESS, Status.COMMUNITY_BUILD),
    (Status.TESTING,),
    (Status.SHIPPED, Status.MEASURED),
)


@dataclass(frozen=True)
class Column:
    """One stage, named by its first status; `more` says that it holds more than is shown."""

    kind: StatusKind
    ideas: Sequence[Idea]
    more: bool


def roadmap_for(viewer: Viewer, *, board: Space | None = None) -> list[Column]:
    """The stages with what the viewer can read of them, the most wanted first."""
    return [_column(viewer, statuses, board) for statuses in COLUMNS]


def _column(viewer: Viewer, statuses: Sequence[Status], board: Space | None) -> Column:
    ideas = readable_ideas(viewer).where(Idea.status.in_(statuses), Idea.state == State.PUBLISHED)
    if board:
        ideas = ideas.where(Idea.space_id == board.id)
    if Status.SHIPPED in statuses:
        ideas = ideas.where(Idea.status_at > clock.now() - SHIPPED_WITHIN)
        ideas = ideas.order_by(Idea.status_at.desc(), Idea.id)
    else:
        ideas = ideas.order_by(Idea.vote_count.desc(), Idea.id)
    found = session.scalars(ideas.limit(MOST + 1)).all()
    return Column(STATUSES[statuses[0]], found[:MOST], len(found) > MOST)
