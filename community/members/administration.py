"""What administrators do to members: each deed with a reason, and audited."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from community.audiences import (
    Audience,
    Grant,
    bump_access,
    refresh_boundaries_of,
    refresh_boundary,
)
from community.audit import record
from community.database import action, session
from community.errors import Conflict, Invalid
from community.events import emit
from community.groups.models import Group, Membership
from community.members.actions import Place
from community.members.events import (
    BelongingChanged,
    MemberReactivated,
    MemberSuspended,
    RolesChanged,
    SegmentChanged,
)
from community.members.models import Member, MemberState, Role, Segment, SiteRole
from community.members.policy import roles_of
from community.policy import authorize
from community.viewer import Viewer


@action
def change_place(member: Member, place: Place, *, by: Viewer, reason: str) -> None:
    """Put the member in a segment and an organization or unit; what they did before stays there."""
    authorize(by, "member.administer", member)
    reason = check_reason(reason)
    place = _fitting(place)
    before = place_of(member)
    if place == before:
        return
    member.segment = place.segment
    member.organization_id, member.unit_id = place.organization_id, place.unit_id
    member.version = Member.version + 1
    session.flush()
    if place.segment != before.segment:
        emit(
            SegmentChanged(
                actor_id=by.member_id,
                member_id=member.id,
                before=str(before.segment),
                after=str(place.segment),
            )
        )
        _refresh_boundaries(member)
    if (place.organization_id, place.unit_id) != (before.organization_id, before.unit_id):
        emit(
            BelongingChanged(
                actor_id=by.member_id,
                member_id=member.id,
                organization_before=before.organization_id,
                organization_after=place.organization_id,
                unit_before=before.unit_id,
                unit_after=place.unit_id,
            )
        )
    bump_access()
    _record(by, "member.place_changed", member, vars(before), vars(place), reason)


@action
def change_roles(member: Member, roles: frozenset[str], *, by: Viewer, reason: str) -> None:
    """Give and take site-wide roles; one gives up one's own by `resign`."""
    authorize(by, "member.administer", member)
    reason = check_reason(reason)
    if not roles <= set(Role):
        raise Invalid({"roles": _("There is no such role.")})
    if member.state != MemberState.ACTIVE and roles:
        raise Conflict(_("Only an active member can have a role."))
    _set_roles(member, roles, by, reason)


@action
def resign(member: Member, *, by: Viewer) -> None:
    """Give up one's own roles; the last administrator stays."""
    authorize(by, "member.resign", member)
    others = (
        select(SiteRole.id)
        .join(Member, Member.id == SiteRole.member_id)
        .where(
            SiteRole.role == Role.ADMINISTRATOR,
            SiteRole.member_id != member.id,
            Member.state == MemberState.ACTIVE,
        )
    )
    if Role.ADMINISTRATOR in roles_of(member) and session.scalar(others.limit(1)) is None:
        raise Conflict(_("You are the only administrator. Appoint another one first."))
    _set_roles(member, frozenset(), by, "")


@action
def suspend(member: Member, *, by: Viewer, reason: str) -> None:
    """Keep the member out from their next request on; what they wrote stays."""
    authorize(by, "member.suspend", member)
    reason = check_reason(reason)
    if member.state != MemberState.ACTIVE:
        raise Conflict(_("This member is not active."))
    member.state = MemberState.SUSPENDED
    emit(MemberSuspended(actor_id=by.member_id, member_id=member.id))
    _record(by, "member.suspended", member, {"state": "active"}, {"state": "suspended"}, reason)


@action
def reactivate(member: Member, *, by: Viewer, reason: str) -> None:
    authorize(by, "member.suspend", member)
    reason = check_reason(reason)
    if member.state != MemberState.SUSPENDED:
        raise Conflict(_("This member is not suspended."))
    member.state = MemberState.ACTIVE
    emit(MemberReactivated(actor_id=by.member_id, member_id=member.id))
    _record(by, "member.reactivated", member, {"state": "suspended"}, {"state": "active"}, reason)


def place_of(member: Member) -> Place:
    return Place(
        segment=member.segment, organization_id=member.organization_id, unit_id=member.unit_id
    )


def check_reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not 3 <= len(reason) <= 1000:
        raise Invalid(
            {"reason": _("Say why, in 3 to 1,000 characters; it stands in the audit log.")}
        )
    return reason


def _fitting(place: Place) -> Place:
    """Employees have a unit and no organization; the others the other way round."""
    if place.segment not in set(Segment):
        raise Invalid({"segment": _("Choose a segment.")})
    if place.segment == Segment.EMPLOYEE:
        return Place(segment=Segment.EMPLOYEE, unit_id=place.unit_id)
    return Place(segment=Segment(place.segment), organization_id=place.organization_id)


def _set_roles(member: Member, roles: frozenset[str], by: Viewer, reason: str) -> None:
    before = roles_of(member)
    if roles == before:
        return
    session.execute(
        delete(SiteRole).where(SiteRole.member_id == member.id, SiteRole.role.not_in(roles))
    )
    session.add_all(SiteRole(member_id=member.id, role=Role(role)) for role in roles - before)
    member.version = Member.version + 1
    session.flush()
    bump_access()
    had, has = sorted(before), sorted(roles)
    emit(RolesChanged(actor_id=by.member_id, member_id=member.id, before=had, after=has))
    _record(by, "member.roles_changed", member, {"roles": had}, {"roles": has}, reason)


def _refresh_boundaries(member: Member) -> None:
    """A group or a space that held no outsider may hold one now, or no longer."""
    groups = select(Group).join(Membership).where(Membership.member_id == member.id)
    for group in session.scalars(groups).all():
        refresh_boundaries_of(group)
    granted = select(Audience).join(Grant).where(Grant.member_id == member.id)
    for audience in session.scalars(granted).all():
        refresh_boundary(audience)


def _record(by: Viewer, deed: str, member: Member, before: dict, after: dict, reason: str) -> None:
    record(by, deed, ("member", member.id), before=before, after=after, reason=reason)
