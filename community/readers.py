"""Who can read an audience, as a filter on members: the other way round from a viewer's levels."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from community.audiences import Audience, Grant
from community.database import session
from community.groups.models import Group, GroupKind, Membership
from community.members.models import Member, MemberState, Role, SiteRole
from community.organizations.models import Organization, Unit


def readers_of(audience_id: int) -> ColumnElement[bool]:
    """Active members who can read the audience: granted by it and by every audience above it."""
    chain = []
    audience = session.get(Audience, audience_id)
    while audience is not None:
        chain.append(_granted_by(audience))
        audience = session.get(Audience, audience.parent_id) if audience.parent_id else None
    everywhere = select(SiteRole.member_id).where(
        SiteRole.role.in_([Role.MODERATOR, Role.ADMINISTRATOR])
    )
    reads = or_(Member.id.in_(everywhere), and_(*chain)) if chain else false()
    return and_(Member.state == MemberState.ACTIVE, reads)


def _granted_by(audience: Audience) -> ColumnElement[bool]:
    granted = session.execute(
        select(Grant.member_id, Group)
        .outerjoin(Group, Group.id == Grant.group_id)
        .where(Grant.audience_id == audience.id)
    ).all()
    return or_(false(), *[_belongs(member_id, group) for member_id, group in granted])


def _belongs(member_id: int | None, group: Group | None) -> ColumnElement[bool]:
    if group is None:
        return Member.id == member_id
    if group.kind in (GroupKind.EVERYONE, GroupKind.MEMBERS):
        return true()
    if group.kind == GroupKind.SEGMENT:
        return Member.segment == (group.key or "").removeprefix("segment:")
    if group.kind == GroupKind.ORGANIZATION:
        theirs = select(Organization.id).where(Organization.group_id == group.id)
        return Member.organization_id.in_(theirs)
    if group.kind == GroupKind.UNIT:
        return Member.unit_id.in_(select(Unit.id).where(Unit.group_id == group.id))
    return Member.id.in_(select(Membership.member_id).where(Membership.group_id == group.id))
