"""The categories that imported topics stand in."""

from slugify import slugify
from sqlalchemy import select

from community.audiences import Level, new_audience, set_grant
from community.database import session, write_transaction
from community.groups.models import Group
from community.identifiers import new_public_id
from community.importers.origins import Origins
from community.spaces.models import Space, SpaceKind


def imported_space(
    origins: Origins, kind: str, external_id: str, name: str, *, questions: bool
) -> int:
    """The key of the space that this was; made at the first time, for everyone to read."""
    known = origins.among(kind, [external_id])
    if known:
        return known[external_id]
    with write_transaction():
        space = _new_space(name, questions)
        origins.note(kind, "space", {external_id: space.id})
        return space.id


def _new_space(name: str, questions: bool) -> Space:
    public_id = new_public_id()
    audience = new_audience(f"space:{public_id}")
    slug = slugify(name)[:60] or public_id
    taken = session.scalar(select(Space.id).where(Space.slug == slug))
    space = Space(
        public_id=public_id,
        kind=SpaceKind.CATEGORY,
        slug=f"{slug}-{public_id}" if taken else slug,
        name=name[:80],
        audience_id=audience.id,
        questions=questions,
    )
    session.add(space)
    session.flush()
    for key, level in (("everyone", Level.SEE), ("members", Level.CREATE)):
        group = session.scalars(select(Group).where(Group.key == key)).one()
        set_grant(audience, level, group=group)
    return space
