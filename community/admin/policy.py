"""Who may open the administrators' pages."""

from community.members.models import Role
from community.policy import rule
from community.viewer import Viewer


@rule("admin.open")
def open_(viewer: Viewer, _target: object) -> bool:
    return Role.ADMINISTRATOR in viewer.roles and viewer.scopes is None
