"""Who may open and change topics."""

from community.audiences import Level
from community.policy import rule
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer


@rule("topic.start")
def start(viewer: Viewer, space: Space) -> bool:
    if viewer.member is None or viewer.silenced or space.archived_at:
        return False
    needed = Level.MODERATE if space.announcements else Level.CREATE
    return space.kind in (SpaceKind.CATEGORY, SpaceKind.GROUP) and (
        viewer.level(space.audience_id) >= needed
    )
