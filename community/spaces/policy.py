"""Who may see and change spaces."""

from sqlalchemy import true

from community.audiences import Level
from community.members.models import Role
from community.policy import readable, rule
from community.spaces.models import Space
from community.viewer import Viewer

readable(
    Space,
    check=lambda viewer, space: space.audience_id in viewer.audiences,
    filter=lambda viewer: true() if viewer.is_system else Space.audience_id.in_(viewer.audiences),
)


@rule("space.create")
def create_space(viewer: Viewer, _target: object) -> bool:
    return Role.ADMINISTRATOR in viewer.roles


@rule("space.change")
def change_space(viewer: Viewer, space: Space) -> bool:
    return viewer.level(space.audience_id) >= Level.OWN


@rule("space.grant")
def grant_in_space(viewer: Viewer, space: Space) -> bool:
    return viewer.level(space.audience_id) >= Level.OWN
