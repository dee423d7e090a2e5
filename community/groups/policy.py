"""Who may see groups, join them and look after them."""

from sqlalchemy import ColumnElement, and_, or_, select

from community.database import session
from community.groups.models import Group, GroupKind, JoinRule, Membership
from community.members.models import Role
from community.policy import readable, rule
from community.viewer import Viewer


def _may_see(viewer: Viewer, group: Group) -> bool:
    """Groups that members made; a hidden one exists for its members and administrators alone."""
    if viewer.member is None or group.kind != GroupKind.CUSTOM:
        return False
    return not group.hidden or group.id in viewer.groups or _administers(viewer)


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.member is None:
        return Group.id.is_(None)
    seen = [Group.hidden.is_(False), Group.id.in_(viewer.groups)]
    if _administers(viewer):
        seen.append(Group.hidden.is_(True))
    return and_(Group.kind == GroupKind.CUSTOM, or_(*seen))


readable(Group, check=_may_see, filter=_visible)


@rule("group.create")
def create(viewer: Viewer, _target: object) -> bool:
    return viewer.is_employee or _administers(viewer)


@rule("group.join")
def join(viewer: Viewer, group: Group) -> bool:
    return viewer.member is not None and group.join_rule == JoinRule.OPEN


@rule("group.request")
def request(viewer: Viewer, group: Group) -> bool:
    return viewer.member is not None and group.join_rule == JoinRule.REQUEST


@rule("group.leave")
def leave(viewer: Viewer, group: Group) -> bool:
    return viewer.member is not None


@rule("group.manage")
def manage(viewer: Viewer, group: Group) -> bool:
    """Changing it, inviting, admitting and taking out."""
    return _administers(viewer) or _owns(viewer, group)


def _owns(viewer: Viewer, group: Group) -> bool:
    own = select(Membership.owner).where(
        Membership.group_id == group.id, Membership.member_id == viewer.member_id
    )
    return bool(session.scalar(own))


def _administers(viewer: Viewer) -> bool:
    return Role.ADMINISTRATOR in viewer.roles
