"""Who may plan and publish releases."""

from community.audiences import Level
from community.policy import rule
from community.spaces.models import Space
from community.viewer import Viewer


@rule("release.plan")
def plan(viewer: Viewer, board: Space) -> bool:
    return viewer.member is not None and viewer.level(board.audience_id) >= Level.OWN
