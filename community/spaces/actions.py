"""Opening and changing spaces, and granting levels in them."""

from slugify import slugify

from community.audiences import Level, new_audience, set_grant
from community.database import action, session
from community.errors import Invalid
from community.events import emit
from community.groups.models import Group
from community.identifiers import new_public_id
from community.members.models import Member
from community.policy import authorize
from community.spaces.events import SpaceChanged, SpaceCreated
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer
from flask_babel import gettext as _


@action
def create_space(
    kind: SpaceKind,
    name: str,
    *,
    by: Viewer,
    slug: str = "",
    about: str = "",
    parent: Space | None = None,
    questions: bool = False,
    announcements: bool = False,
) -> Space:
    """A new space grants nothing yet: who made it grants next."""
    authorize(by, "space.create")
    if parent and (parent.parent_id or parent.kind != kind):
        raise Invalid({"parent": _("Categories nest two deep, in their own kind.")})
    public_id = new_public_id()
    audience = new_audience(f"space:{public_id}")
    space = Space(
        public_id=public_id,
        kind=kind,
        name=name,
        slug=slug or slugify(name)[:70] or public_id,
        about=about,
        parent_id=parent.id if parent else None,
        audience_id=audience.id,
        questions=questions,
        announcements=announcements,
    )
    session.add(space)
    session.flush()
    emit(SpaceCreated(actor_id=by.member_id, space_id=space.id, audience_id=audience.id))
    return space


@action
def grant_level(
    space: Space,
    level: Level,
    *,
    by: Viewer,
    group: Group | None = None,
    member: Member | None = None,
) -> None:
    """Let a group or one member do this much in the space; `Level.NONE` takes it back."""
    authorize(by, "space.grant", space)
    set_grant(space.audience, level, group=group, member=member)
    space.version = Space.version + 1
    emit(SpaceChanged(actor_id=by.member_id, space_id=space.id, audience_id=space.audience_id))
