"""Who may answer and decide: a product manager, who is one who owns the idea's board."""

from community.audiences import Level
from community.policy import rule
from community.viewer import Viewer
from ideas.board.models import Idea


@rule("idea.answer")
def answer(viewer: Viewer, idea: Idea) -> bool:
    return idea.is_published and _manages(viewer, idea)


@rule("idea.decide")
def decide(viewer: Viewer, idea: Idea) -> bool:
    return idea.is_published and _manages(viewer, idea)


def _manages(viewer: Viewer, idea: Idea) -> bool:
    return viewer.member is not None and viewer.level(idea.audience_id) >= Level.OWN
