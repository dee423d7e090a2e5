"""Making groups, joining and leaving them, and looking after them."""

from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import delete, select

from community import clock
from community.audiences import bump_access, refresh_boundaries_of
from community.database import action, session
from community.errors import Conflict, Invalid
from community.events import emit
from community.groups.events import (
    GroupChanged,
    GroupCreated,
    GroupJoined,
    GroupJoinRequested,
    GroupLeft,
)
from community.groups.models import Group, GroupKind, JoinRequest, JoinRule, Membership
from community.groups.queries import owners_left
from community.identifiers import new_public_id
from community.members.actions import check_line
from community.members.models import Member
from community.policy import authorize
from community.sending import insert_once
from community.texts.preparation import visible_length
from community.viewer import Viewer


@action
def create_group(
    name: str, *, by: Viewer, about: str = "", join_rule: str = "invitation", hidden: bool = False
) -> Group:
    """A new group, owned by who made it."""
    authorize(by, "group.create")
    group = Group(kind=GroupKind.CUSTOM, slug="", name="")
    _describe(group, name, about, join_rule, hidden)
    group.slug = _free_slug(group.name)
    session.add(group)
    session.flush()
    bump_access()
    if by.member_id:
        _add(group, by.member_id, by, owner=True)
    emit(GroupCreated(actor_id=by.member_id, group_id=group.id))
    return group


@action
def change_group(
    group: Group, name: str, *, by: Viewer, about: str, join_rule: str, hidden: bool
) -> None:
    """Its address stays, whatever it is called."""
    authorize(by, "group.manage", group)
    _describe(group, name, about, join_rule, hidden)
    emit(GroupChanged(actor_id=by.member_id, group_id=group.id))


@action
def join_group(group: Group, *, by: Viewer) -> None:
    """Come into an open group. Joining twice changes nothing."""
    authorize(by, "group.join", group)
    assert by.member_id
    _add(group, by.member_id, by)


@action
def request_to_join(group: Group, *, by: Viewer) -> None:
    """Ask the owners. Asking twice changes nothing."""
    authorize(by, "group.request", group)
    assert by.member_id
    if session.get(Membership, (group.id, by.member_id)):
        return
    if insert_once(JoinRequest, group_id=group.id, member_id=by.member_id, at=clock.now()):
        emit(GroupJoinRequested(actor_id=by.member_id, group_id=group.id, member_id=by.member_id))


@action
def leave_group(group: Group, *, by: Viewer) -> None:
    """Leave, or take a request back; the last owner stays until there is another."""
    authorize(by, "group.leave", group)
    assert by.member_id
    _withdraw_request(group, by.member_id)
    _remove(group, by.member_id, by)


@action
def admit(group: Group, member: Member, *, by: Viewer) -> None:
    """Invite somebody in, or grant what they asked for."""
    authorize(by, "group.manage", group)
    _withdraw_request(group, member.id)
    _add(group, member.id, by)


@action
def decline(group: Group, member: Member, *, by: Viewer) -> None:
    authorize(by, "group.manage", group)
    _withdraw_request(group, member.id)


@action
def take_out(group: Group, member: Member, *, by: Viewer) -> None:
    authorize(by, "group.manage", group)
    _remove(group, member.id, by)


@action
def set_owner(group: Group, member: Member, owner: bool, *, by: Viewer) -> None:
    """Let a member of the group look after it, or no longer; one owner stays."""
    authorize(by, "group.manage", group)
    membership = session.get(Membership, (group.id, member.id))
    if membership is None:
        raise Conflict(_("They are not in this group any more."))
    if not owner:
        _keep_an_owner(group, member.id)
    membership.owner = owner
    emit(GroupChanged(actor_id=by.member_id, group_id=group.id))


def _describe(group: Group, name: str, about: str, join_rule: str, hidden: bool) -> None:
    group.name = check_line(name, "name", 120)
    if not visible_length(group.name):
        raise Invalid({"name": _("A group needs a name.")})
    group.about = check_line(about, "about", 500)
    if join_rule not in set(JoinRule):
        raise Invalid({"join_rule": _("Choose how people join.")})
    group.join_rule, group.hidden = JoinRule(join_rule), hidden


def _free_slug(name: str) -> str:
    slug = slugify(name, max_length=60, word_boundary=True) or new_public_id()
    taken = session.scalar(select(Group.id).where(Group.slug == slug))
    return f"{slug}-{new_public_id()[:4]}" if taken or slug == "new" else slug


def _add(group: Group, member_id: int, by: Viewer, *, owner: bool = False) -> None:
    values = {"group_id": group.id, "member_id": member_id, "owner": owner, "since": clock.now()}
    if insert_once(Membership, **values):
        emit(GroupJoined(actor_id=by.member_id, group_id=group.id, member_id=member_id))
        refresh_boundaries_of(group)


def _remove(group: Group, member_id: int, by: Viewer) -> None:
    membership = session.get(Membership, (group.id, member_id))
    if membership is None:
        return
    if membership.owner:
        _keep_an_owner(group, member_id)
    session.delete(membership)
    session.flush()
    emit(GroupLeft(actor_id=by.member_id, group_id=group.id, member_id=member_id))
    refresh_boundaries_of(group)


def _keep_an_owner(group: Group, member_id: int) -> None:
    if owners_left(group, without=member_id) == 0:
        raise Conflict(_("A group keeps one owner. Make somebody else an owner first."))


def _withdraw_request(group: Group, member_id: int) -> None:
    session.execute(
        delete(JoinRequest).where(
            JoinRequest.group_id == group.id, JoinRequest.member_id == member_id
        )
    )
