"""The map of all audiences and grants, which each process holds, and the levels read off it."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from community.audiences import AccessVersion, Audience, Grant, Level
from community.bounded import Bounded
from community.database import session

MOST_KEPT = 2_000


@dataclass(frozen=True)
class AccessMap:
    """All audiences and grants at one version, small enough to be held in each process."""

    version: int
    parents: Mapping[int, int | None]
    by_group: Mapping[int, list[tuple[int, int]]]
    by_member: Mapping[int, list[tuple[int, int]]]
    kept: Bounded[tuple[frozenset[int], int | None, int], Mapping[int, Level]] = field(
        default_factory=lambda: Bounded(MOST_KEPT)
    )

    def levels(
        self, groups: frozenset[int], member_id: int | None, floor: Level
    ) -> Mapping[int, Level]:
        """The level on each audience that can be read at all.

        `floor` is what a site-wide role gives everywhere.
        """
        own = member_id if member_id in self.by_member else None
        key = (groups, own, int(floor))
        known = self.kept.get(key)
        if known is None:
            known = self.kept[key] = self._levels(groups, own, floor)
        return known

    def _levels(
        self, groups: frozenset[int], member_id: int | None, floor: Level
    ) -> dict[int, Level]:
        granted = dict.fromkeys(self.parents, int(floor)) if floor else {}
        pairs = [pair for group in groups for pair in self.by_group.get(group, ())]
        pairs += self.by_member.get(member_id, ()) if member_id else ()
        for audience, level in pairs:
            granted[audience] = max(level, granted.get(audience, 0))
        levels = {audience: self._through_parents(audience, granted) for audience in granted}
        return {audience: Level(level) for audience, level in levels.items() if level}

    def _through_parents(self, audience: int, granted: Mapping[int, int]) -> int:
        level = granted.get(audience, 0)
        parent = self.parents[audience]
        while parent is not None and level:
            level = min(level, granted.get(parent, 0))
            parent = self.parents[parent]
        return level


_map_lock = threading.Lock()
_map: dict[str, AccessMap] = {}


def access_map(version: int | None = None) -> AccessMap:
    """The map at the present version: one small query, none where the caller has just read the
    version, more only after a change.
    """
    if version is None:
        version = session.scalar(select(AccessVersion.version)) or 0
    key = str(session().get_bind().url)  # type: ignore[union-attr]
    known = _map.get(key)
    if known and known.version == version and not session().info.get("writing"):
        return known
    fresh = _read_map(version)
    if not session().info.get("writing"):
        with _map_lock:
            _map[key] = fresh
    return fresh


def _read_map(version: int) -> AccessMap:
    parents = {
        row.id: row.parent_id for row in session.execute(select(Audience.id, Audience.parent_id))
    }
    by_group: dict[int, list[tuple[int, int]]] = {}
    by_member: dict[int, list[tuple[int, int]]] = {}
    grants = select(Grant.audience_id, Grant.group_id, Grant.member_id, Grant.level)
    for audience_id, group_id, member_id, level in session.execute(grants):
        if group_id:
            by_group.setdefault(group_id, []).append((audience_id, level))
        else:
            by_member.setdefault(member_id or 0, []).append((audience_id, level))
    return AccessMap(version, parents, by_group, by_member)
