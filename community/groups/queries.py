"""Groups that members made, and who is in them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from community.database import session
from community.errors import NotFound
from community.groups.models import Group, JoinRequest, Membership
from community.members.models import Member, MemberState, Profile
from community.pagination import Key, Page, page_by_key
from community.policy import visible
from community.viewer import Viewer


def find_group(slug: str, viewer: Viewer) -> Group:
    """The group, or `NotFound`, the same for none and a hidden one."""
    group = session.scalar(select(Group).where(Group.slug == slug, visible(Group, viewer)))
    if group is None:
        raise NotFound
    return group


def groups_page(viewer: Viewer, token: str | None) -> Page[Group]:
    keys = [
        Key(Group.name, lambda group: group.name),
        Key(Group.public_id, lambda group: group.public_id),
    ]
    return page_by_key(select(Group).where(visible(Group, viewer)), keys, token=token)


def sizes_of(groups: Sequence[Group]) -> dict[int, int]:
    """How many active members each group has."""
    counted = (
        select(Membership.group_id, func.count())
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.group_id.in_([group.id for group in groups]),
            Member.state == MemberState.ACTIVE,
        )
        .group_by(Membership.group_id)
    )
    return dict(session.execute(counted).all())  # type: ignore[arg-type]


def people_of(group: Group, viewer: Viewer, token: str | None) -> Page[tuple[Member, bool]]:
    """Its members by name, each with whether they own it."""
    people = (
        select(Member, Membership.owner)
        .join(Membership, Membership.member_id == Member.id)
        .join(Member.profile)
        .options(contains_eager(Member.profile))
        .where(Membership.group_id == group.id, visible(Member, viewer))
    )
    keys = [
        Key(Profile.name, lambda row: row[0].profile.name),
        Key(Member.public_id, lambda row: row[0].public_id),
    ]
    return page_by_key(people, keys, token=token, limit=50, scalars=False)


def requests_for(group: Group) -> Sequence[Member]:
    return session.scalars(
        select(Member)
        .join(JoinRequest, JoinRequest.member_id == Member.id)
        .where(JoinRequest.group_id == group.id, Member.state == MemberState.ACTIVE)
        .order_by(JoinRequest.at)
        .limit(100)
    ).all()


def has_requested(group: Group, viewer: Viewer) -> bool:
    return session.get(JoinRequest, (group.id, viewer.member_id or 0)) is not None


def owners_left(group: Group, *, without: int) -> int:
    """How many active owners the group keeps when this member is none."""
    kept = (
        select(func.count())
        .select_from(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.group_id == group.id,
            Membership.owner,
            Membership.member_id != without,
            Member.state == MemberState.ACTIVE,
        )
    )
    return session.scalar(kept) or 0
