"""Spaces as lines of lists: what the side column shows of them, on nearly every page.

Each process keeps them for all who stand alike, as long as the house's version is what it was.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from community.audiences import Audience, Level
from community.bounded import Bounded
from community.database import session
from community.keeping.pages import house_of_page
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer

MOST_KEPT = 200


class Shown(NamedTuple):
    """Called as the space's own columns; `external`: others than employees may read it."""

    id: int
    slug: str
    name: str
    parent_id: int | None
    is_archived: bool
    external: bool


class Kept(NamedTuple):
    """What those with these very levels are shown, as long as the house is this one."""

    house: int
    levels: Mapping[int, Level]
    spaces: Sequence[Shown]


_kept: Bounded[tuple[int, SpaceKind], Kept] = Bounded(MOST_KEPT)


def shown_to(viewer: Viewer, kind: SpaceKind) -> Sequence[Shown]:
    """As `spaces_for`. Only a page that is made for keeping knows the house's version for sure, of
    the moment at which it reads all else.
    """
    house = house_of_page()
    if house is None:
        return _read(viewer, kind)
    # Those who stand alike have the very same levels: see `access_map`.
    key = id(viewer.levels), kind
    known = _kept.get(key)
    if known is None or known.levels is not viewer.levels or known.house != house:
        known = _kept[key] = Kept(house, viewer.levels, _read(viewer, kind))
    return known.spaces


def _read(viewer: Viewer, kind: SpaceKind) -> Sequence[Shown]:
    theirs = {"kind": kind, "audiences": list(viewer.audiences)}
    return [Shown(*row) for row in session.execute(_spaces_of_kind(), theirs)]


@functools.cache
def _spaces_of_kind() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Space.id,
            Space.slug,
            Space.name,
            Space.parent_id,
            Space.archived_at.is_not(None),
            Audience.external,
        )
        .join(Audience, Audience.id == Space.audience_id)
        .where(
            Space.kind == bindparam("kind"),
            Space.audience_id.in_(bindparam("audiences", expanding=True)),
        )
        .order_by(Space.position, Space.name, Space.id)
    )
