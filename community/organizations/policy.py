"""Organizations, units and domain rules are administrators' business."""

from community.members.models import Role
from community.policy import rule
from community.viewer import Viewer


@rule("organization.manage")
def manage(viewer: Viewer, _target: object) -> bool:
    return Role.ADMINISTRATOR in viewer.roles and viewer.scopes is None
