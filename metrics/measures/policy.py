"""Who may see the numbers."""

from community.audiences import Level
from community.members.models import Role
from community.policy import rule
from community.spaces.models import Space
from community.viewer import Viewer


@rule("metrics.view")
def _(viewer: Viewer, space: Space | None) -> bool:
    """Managers and administrators see those of the whole site, an owner those of the space."""
    if viewer.roles & {Role.MANAGER, Role.ADMINISTRATOR}:
        return True
    return space is not None and viewer.level(space.audience_id) >= Level.OWN
