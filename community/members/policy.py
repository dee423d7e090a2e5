"""Who may see, change and administer members."""

from sqlalchemy import ColumnElement, select

from community.database import session
from community.members.models import Member, MemberState, Role, SiteRole
from community.policy import readable, rule
from community.viewer import Viewer

RANKS = {Role.MODERATOR: 1, Role.MANAGER: 1, Role.ADMINISTRATOR: 2}


def _may_see(viewer: Viewer, member: Member) -> bool:
    if member.state == MemberState.ACTIVE or member.id == viewer.member_id:
        return True
    return member.state == MemberState.SUSPENDED and _oversees(viewer)


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    states = [MemberState.ACTIVE]
    if _oversees(viewer):
        states.append(MemberState.SUSPENDED)
    seen = Member.state.in_(states)
    return seen if viewer.member_id is None else seen | (Member.id == viewer.member_id)


readable(Member, check=_may_see, filter=_visible)


def _oversees(viewer: Viewer) -> bool:
    return bool(viewer.roles & {Role.MODERATOR, Role.ADMINISTRATOR})


@rule("member.list")
def list_members(viewer: Viewer, _target: object) -> bool:
    return viewer.member is not None


@rule("member.edit")
def edit(viewer: Viewer, member: Member) -> bool:
    return viewer.member_id == member.id


@rule("member.administer")
def administer(viewer: Viewer, member: Member | None) -> bool:
    """Without a member: whether the pages are open. Nobody acts on an equal or a higher rank."""
    if Role.ADMINISTRATOR not in viewer.roles or viewer.scopes is not None:
        return False
    return member is None or rank_of(roles_of(member)) < rank_of(viewer.roles)


@rule("member.suspend")
def suspend(viewer: Viewer, member: Member) -> bool:
    return _oversees(viewer) and rank_of(roles_of(member)) < rank_of(viewer.roles)


@rule("member.resign")
def resign(viewer: Viewer, member: Member) -> bool:
    """Giving up one's own role."""
    return viewer.member_id == member.id and bool(viewer.roles) and viewer.scopes is None


@rule("member.create")
def create(viewer: Viewer, _target: object) -> bool:
    return Role.ADMINISTRATOR in viewer.roles and viewer.scopes is None


def roles_of(member: Member) -> frozenset[str]:
    roles = session.scalars(select(SiteRole.role).where(SiteRole.member_id == member.id))
    return frozenset(str(role) for role in roles)


def rank_of(roles: frozenset[str]) -> int:
    return max((RANKS[Role(role)] for role in roles), default=0)
