"""Opening and changing spaces, and granting levels in them."""

from dataclasses import asdict, dataclass

from flask_babel import gettext as _
from slugify import slugify

from community import audit, clock
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
from community.texts.preparation import check_line
from community.viewer import Viewer


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
    name, about = checked_name(name), checked_about(about)
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
    audit.record(by, "space.created", ("space", space.id), after={"name": name, "kind": kind})
    emit(SpaceCreated(actor_id=by.member_id, space_id=space.id, audience_id=audience.id))
    return space


@dataclass(frozen=True)
class SpaceFacts:
    """What an owner may say of a space."""

    name: str
    about: str
    position: int
    questions: bool
    announcements: bool
    archived: bool


@action
def change_space(space: Space, facts: SpaceFacts, *, by: Viewer) -> None:
    """Say the space's facts anew. Archived, it can be read and nothing can be opened in it."""
    authorize(by, "space.change", space)
    before = asdict(facts_of(space))
    space.name, space.about = checked_name(facts.name), checked_about(facts.about)
    space.position = max(0, min(facts.position, 999))
    space.questions, space.announcements = facts.questions, facts.announcements
    if facts.archived != (space.archived_at is not None):
        space.archived_at = clock.now() if facts.archived else None
    space.version = Space.version + 1
    audit.record(by, "space.changed", ("space", space.id), before=before, after=asdict(facts))
    emit(SpaceChanged(actor_id=by.member_id, space_id=space.id, audience_id=space.audience_id))


def facts_of(space: Space) -> SpaceFacts:
    return SpaceFacts(
        space.name,
        space.about,
        space.position,
        space.questions,
        space.announcements,
        space.archived_at is not None,
    )


def checked_name(name: str) -> str:
    return check_line(name, field="name", limit=80, label=_("Name"))


def checked_about(about: str) -> str:
    return check_line(about, field="about", limit=500, label=_("Description"), required=False)


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
    grantee = {"group": group.slug} if group else {"member": member.public_id if member else ""}
    audit.record(
        by, "space.granted", ("space", space.id), after={**grantee, "level": level.name.lower()}
    )
    emit(SpaceChanged(actor_id=by.member_id, space_id=space.id, audience_id=space.audience_id))
