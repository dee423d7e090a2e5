"""Spaces as a viewer finds them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import NotFound
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer


def spaces_for(viewer: Viewer, kind: SpaceKind) -> Sequence[Space]:
    """The spaces of a kind that the viewer can read, in their order."""
    return session.scalars(
        select(Space)
        .where(Space.kind == kind, Space.audience_id.in_(viewer.audiences))
        .options(joinedload(Space.audience))
        .order_by(Space.position, Space.name)
    ).all()


def find_space(slug: str, viewer: Viewer, kind: SpaceKind | None = None) -> Space:
    """Raise `NotFound` for a space that is absent or not for this viewer."""
    space = session.scalar(select(Space).where(Space.slug == slug))
    if space is None or space.audience_id not in viewer.audiences:
        raise NotFound
    if kind is not None and space.kind != kind:
        raise NotFound
    return space
