"""Who may vote. Whether the idea takes votes at this moment is the action's question."""

from community.audiences import Level
from community.members.models import Segment
from community.policy import rule
from community.viewer import Viewer
from ideas.board.models import Idea


@rule("idea.vote")
def vote(viewer: Viewer, idea: Idea) -> bool:
    if viewer.member is None or viewer.silenced or viewer.segment == Segment.BOT:
        return False
    return idea.is_published and viewer.level(idea.audience_id) >= Level.REPLY
