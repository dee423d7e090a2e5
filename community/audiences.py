"""Who may read a thing, and up to which level: audiences and grants.

A space's audience is a row of its own that is changed in place. A narrowing of it is an audience
too, interned by (parent, groups), and is read by those who are in one of its groups *and* may read
the parent.
"""

from collections.abc import Iterable
from enum import IntEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from community.database import Base, session
from community.groups.models import Group, GroupKind, Membership
from community.members.models import Member, Segment
from community.sending import insert_once


class Level(IntEnum):
    """What a grant allows; each includes those before."""

    NONE = 0
    SEE = 1
    REPLY = 2
    CREATE = 3
    MODERATE = 4
    OWN = 5


class Audience(Base):
    """`external`: someone who is not an employee can read it."""

    __tablename__ = "audience"
    __table_args__ = (UniqueConstraint("parent_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("audience.id"))
    key: Mapped[str] = mapped_column(String(200))
    external: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Grant(Base):
    """A level for one group or for one member."""

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("audience_id", "group_id"),
        UniqueConstraint("audience_id", "member_id"),
        CheckConstraint("(group_id IS NULL) <> (member_id IS NULL)", name="one_grantee"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    level: Mapped[int]


class AccessVersion(Base):
    """One row, bumped with every change of a grant, a membership, a role or an audience."""

    __tablename__ = "access_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)


# Changing ------------------------------------------------------------------


def new_audience(key: str) -> Audience:
    """A space's own audience, granting nothing yet."""
    audience = Audience(key=key)
    session.add(audience)
    session.flush()
    bump_access()
    return audience


def set_grant(
    audience: Audience, level: Level, *, group: Group | None = None, member: Member | None = None
) -> None:
    """Give the group or the member this level; `Level.NONE` takes the grant away."""
    same = Grant.group_id == group.id if group else Grant.member_id == member.id  # type: ignore[union-attr]
    grant = session.scalar(select(Grant).where(Grant.audience_id == audience.id, same))
    if level == Level.NONE:
        if grant:
            session.delete(grant)
    elif grant:
        grant.level = level
    else:
        session.add(
            Grant(
                audience_id=audience.id,
                group_id=group.id if group else None,
                member_id=member.id if member else None,
                level=level,
            )
        )
    session.flush()
    refresh_boundary(audience)
    bump_access()


def narrow(audience: Audience, groups: Iterable[Group]) -> Audience:
    """The audience of those who may read `audience` and are in one of `groups`."""
    groups = sorted(groups, key=lambda group: group.id)
    key = "groups:" + ",".join(str(group.id) for group in groups)
    found = _narrowing(audience, key)
    if found:
        return found
    if insert_once(Audience, parent_id=audience.id, key=key, external=False, version=1):
        found = _narrowing(audience, key)
        assert found
        session.add_all(
            Grant(audience_id=found.id, group_id=group.id, level=Level.OWN) for group in groups
        )
        session.flush()
        refresh_boundary(found)
        bump_access()
    found = _narrowing(audience, key)
    assert found
    return found


def _narrowing(audience: Audience, key: str) -> Audience | None:
    return session.scalar(
        select(Audience).where(Audience.parent_id == audience.id, Audience.key == key)
    )


def refresh_boundary(audience: Audience) -> None:
    """Set `external` from the grants, here and in the narrowings below."""
    grants = session.scalars(select(Grant).where(Grant.audience_id == audience.id)).all()
    external = any(_reaches_outside(grant) for grant in grants)
    parent = session.get(Audience, audience.parent_id) if audience.parent_id else None
    audience.external = external and (parent is None or parent.external)
    audience.version = Audience.version + 1
    session.flush()
    for child in session.scalars(select(Audience).where(Audience.parent_id == audience.id)):
        refresh_boundary(child)


def refresh_boundaries_of(group: Group) -> None:
    """After a custom group's members changed: it may have become internal or external."""
    ids = select(Grant.audience_id).where(Grant.group_id == group.id)
    for audience in session.scalars(select(Audience).where(Audience.id.in_(ids))).all():
        refresh_boundary(audience)
    bump_access()


def _reaches_outside(grant: Grant) -> bool:
    if grant.member_id:
        member = session.get(Member, grant.member_id)
        return member is not None and member.segment != Segment.EMPLOYEE
    group = session.get(Group, grant.group_id)
    assert group
    if group.kind in (GroupKind.UNIT, GroupKind.SEGMENT):
        return group.kind == GroupKind.SEGMENT and group.key != "segment:employee"
    if group.kind != GroupKind.CUSTOM:
        return True
    outsiders = (
        select(Member.id)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.group_id == group.id, Member.segment != Segment.EMPLOYEE)
        .limit(1)
    )
    return session.scalar(outsiders) is not None


def bump_access() -> None:
    """Make every process read the map anew at its next request."""
    session.execute(update(AccessVersion).values(version=AccessVersion.version + 1))
