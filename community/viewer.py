"""The viewer: who is looking, and the level they have on every audience."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import g, has_request_context
from flask_login import current_user
from sqlalchemy import (
    CompoundSelect,
    String,
    bindparam,
    cast,
    literal,
    select,
    union,
    union_all,
)

from community.access_map import access_map
from community.audiences import AccessVersion, Level
from community.database import session, table_of
from community.groups.models import Group, Membership
from community.members.models import Member, MemberState, Role, Segment, SiteRole
from community.organizations.models import Organization, Unit
from community.sending import send


@dataclass(frozen=True)
class Viewer:
    """`levels` holds only audiences that can be read; `scopes` is set for an API token alone."""

    member: Member | None
    groups: frozenset[int]
    roles: frozenset[str]
    levels: Mapping[int, Level]
    scopes: frozenset[str] | None = None
    silenced: bool = False
    is_system: bool = False

    @cached_property
    def member_id(self) -> int | None:
        """Kept, for a commit expires the member's row."""
        return self.member.id if self.member else None

    @property
    def segment(self) -> Segment | None:
        return self.member.segment if self.member else None

    @property
    def is_employee(self) -> bool:
        return self.member is not None and self.member.is_employee

    @cached_property
    def audiences(self) -> frozenset[int]:
        return frozenset(self.levels)

    @cached_property
    def moderated(self) -> frozenset[int]:
        return frozenset(a for a, level in self.levels.items() if level >= Level.MODERATE)

    def level(self, audience_id: int) -> Level:
        return self.levels.get(audience_id, Level.NONE)

    @cached_property
    def audience_class(self) -> str:
        """The same for all who may read and do the same things: part of every cache key."""
        pairs = sorted((audience, int(level)) for audience, level in self.levels.items())
        return hashlib.blake2b(repr(pairs).encode(), digest_size=8).hexdigest()

    @cached_property
    def alike(self) -> str:
        """The same for all members whom one may ask the database about in the same words."""
        return f"{self.audience_class} {self.segment} {','.join(sorted(self.roles))}"


SYSTEM = Viewer(None, frozenset(), frozenset(), {}, is_system=True)


def viewer_of(member: Member | None) -> Viewer:
    """The viewer a member is at this moment; nobody, or one who may not enter, is a visitor."""
    if member is None or member.state != MemberState.ACTIVE:
        groups = frozenset(session.scalars(select(Group.id).where(Group.key == "everyone")))
        return Viewer(None, groups, frozenset(), access_map().levels(groups, None, Level.NONE))
    groups, roles, version = _belonging(member)
    levels = access_map(version).levels(groups, member.id, _floor(roles))
    return Viewer(member, groups, roles, levels)


def visitor() -> Viewer:
    return viewer_of(None)


def limited_to(viewer: Viewer, scopes: frozenset[str]) -> Viewer:
    """The same viewer through an API token: no more than the token's scopes."""
    return replace(viewer, scopes=scopes)


Authenticator = Callable[[], "Viewer | None"]

_authenticators: list[Authenticator] = []


def authenticator(ask: Authenticator) -> Authenticator:
    """Let a room say who sends this request, before the cookie is asked."""
    _authenticators.append(ask)
    return ask


def current_viewer() -> Viewer:
    """The viewer of this request, worked out once."""
    if not has_request_context():
        raise RuntimeError("there is a current viewer only in a request")
    if "viewer" not in g:
        by_others = (found for ask in _authenticators if (found := ask()))
        g.viewer = next(by_others, None) or _by_cookie()
    return g.viewer


def _by_cookie() -> Viewer:
    signed_in = current_user if current_user.is_authenticated else None
    return viewer_of(signed_in.member if signed_in else None)


def _floor(roles: frozenset[str]) -> Level:
    if Role.ADMINISTRATOR in roles:
        return Level.OWN
    return Level.MODERATE if Role.MODERATOR in roles else Level.NONE


def _belonging(member: Member) -> tuple[frozenset[int], frozenset[str], int]:
    """The member's groups, site-wide roles and the version of all grants, with one query."""
    rows: Sequence[Any] = send(
        BELONGING,
        {
            "segment": f"segment:{member.segment}",
            "member": member.id,
            "organization": member.organization_id,
            "unit": member.unit_id,
        },
    ).all()
    return (
        frozenset(key for kind, key, _word in rows if kind == "group"),
        frozenset(word for kind, _key, word in rows if kind == "role"),
        next((key for kind, key, _word in rows if kind == "version"), 0),
    )


def _belonging_statement() -> CompoundSelect[str, Any, str]:
    group, membership, role = table_of(Group), table_of(Membership), table_of(SiteRole)
    organization, unit = table_of(Organization), table_of(Unit)
    groups = union(
        select(group.c.id).where(group.c.key.in_(["everyone", "members", bindparam("segment")])),
        select(membership.c.group_id).where(membership.c.member_id == bindparam("member")),
        select(organization.c.group_id).where(organization.c.id == bindparam("organization")),
        select(unit.c.group_id).where(unit.c.id == bindparam("unit")),
    ).subquery()
    return union_all(
        select(literal("group"), groups.c.id, literal("")),
        select(literal("role"), literal(0), cast(role.c.role, String)).where(
            role.c.member_id == bindparam("member")
        ),
        select(literal("version"), table_of(AccessVersion).c.version, literal("")),
    )


# Built once: every request of a member asks it.
BELONGING = _belonging_statement()
