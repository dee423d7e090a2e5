"""Ideas like the one that is being written, in whatever status: shipped and declined ones too."""

from community.search.queries import similar_to
from community.viewer import Viewer
from ideas.board.models import SUBJECT, Idea
from ideas.board.queries import ideas_among

SHORTEST = 3
SHOWN = 5


def similar_ideas(title: str, viewer: Viewer) -> list[Idea]:
    """At most five, the likest first; none before three characters are typed."""
    if len(title.strip()) < SHORTEST:
        return []
    found = similar_to(title, viewer, kind=SUBJECT, limit=SHOWN)
    return ideas_among([one.row.id for one in found], viewer)
