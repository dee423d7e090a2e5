"""Spaces as a viewer finds them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from community.audiences import Grant, Level
from community.database import session
from community.errors import NotFound
from community.groups.models import Group
from community.members.models import Member
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer


def spaces_for(viewer: Viewer, kind: SpaceKind) -> Sequence[Space]:
    """The spaces of a kind that the viewer can read, in their order."""
    theirs = {"kind": kind, "audiences": list(viewer.audiences)}
    return session.scalars(_spaces_of_kind(), theirs).all()


@functools.cache
def _spaces_of_kind() -> Select[Space]:
    """Built once: nearly every page shows some of them."""
    return (
        select(Space)
        .where(
            Space.kind == bindparam("kind"),
            Space.audience_id.in_(bindparam("audiences", expanding=True)),
        )
        .options(joinedload(Space.audience))
        .order_by(Space.position, Space.name, Space.id)
    )


def find_space(slug: str, viewer: Viewer, kind: SpaceKind | None = None) -> Space:
    """Raise `NotFound` for a space that is absent or not for this viewer."""
    space = session.scalar(select(Space).where(Space.slug == slug))
    if space is None or space.audience_id not in viewer.audiences:
        raise NotFound
    if kind is not None and space.kind != kind:
        raise NotFound
    return space


def all_spaces() -> Sequence[Space]:
    """Every space, for those who administer them."""
    return session.scalars(select(Space).order_by(Space.kind, Space.position, Space.name)).all()


@dataclass(frozen=True)
class Granted:
    """One grant in words: to a group or to one member."""

    level: Level
    group: Group | None
    member: Member | None


def grants_in(space: Space) -> list[Granted]:
    """Who may do what in the space, the most first."""
    rows = session.scalars(
        select(Grant).where(Grant.audience_id == space.audience_id).order_by(Grant.level.desc())
    )
    return [
        Granted(
            Level(row.level),
            session.get(Group, row.group_id) if row.group_id else None,
            session.get(Member, row.member_id) if row.member_id else None,
        )
        for row in rows
    ]


def grantable_groups(viewer: Viewer) -> Sequence[Group]:
    """The groups a viewer may grant to: hidden ones only if they belong to them."""
    return session.scalars(
        select(Group)
        .where(Group.hidden.is_(False) | Group.id.in_(viewer.groups))
        .order_by(Group.kind, Group.name)
    ).all()
