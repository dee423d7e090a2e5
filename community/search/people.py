"""Members as they are found: by name, what they say of themselves and where they belong."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.members.events import (
    BelongingChanged,
    MemberErased,
    MemberJoined,
    MemberReactivated,
    MemberSuspended,
    ProfileChanged,
)
from community.members.models import Member, MemberState, Profile, Segment
from community.search.documents import FOR_MEMBERS, Document
from community.search.sources import indexed
from community.subjects import SubjectKind

PERSON = SubjectKind(
    name="member",
    model=Member,
    url=lambda member: url_for("members.show", username=member.username),
    title=lambda member: member.name,
    label=lambda: _("person"),
    heading=lambda: _("People"),
    space_id=lambda member: None,
    text_id=lambda member: None,
)
CHANGED_BY = (
    MemberJoined,
    ProfileChanged,
    BelongingChanged,
    MemberSuspended,
    MemberReactivated,
    MemberErased,
)


@indexed("member", Member, shown_as=PERSON)
def people(ids: list[int]) -> Iterable[Document]:
    """Those who are in the directory, for those who may open it."""
    found = session.scalars(
        select(Member)
        .where(
            Member.id.in_(ids),
            Member.state == MemberState.ACTIVE,
            Member.segment != Segment.BOT,
        )
        .options(joinedload(Member.organization), joinedload(Member.unit))
    )
    for member in found:
        if member.profile and member.username:
            yield Document(
                kind="member",
                id=member.id,
                public_id=member.public_id,
                title=member.name,
                body=_about(member, member.profile),
                author=member.username,
                audience_id=FOR_MEMBERS,
                created_at=member.joined_at,
                status=member.segment,
            )


def _about(member: Member, profile: Profile) -> str:
    belongs_to = member.organization or member.unit
    parts = [
        f"@{profile.username}",
        profile.headline,
        belongs_to.name if belongs_to else "",
        profile.location,
        profile.about.plain if profile.about else "",
    ]
    return " · ".join(part for part in parts if part)
