"""Who posts are signed by: what all readers may know of a member, without the member's row."""

from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select

from community.attachments.models import Attachment
from community.members.models import Member, Profile, Segment, Signing, picture_url
from community.organizations.models import Organization, Unit
from community.threads.models import Post


class _Known(NamedTuple):
    name: str
    username: str | None
    picture_url: str | None
    segment: Segment
    organization: str | None
    unit: str | None


class Author(Signing, _Known):
    """`organization` and `unit` are their names; `username` is `None` for who has left."""

    __slots__ = ()


def with_authors(posts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Each post, followed by what `author_from` takes."""
    return (
        posts.add_columns(
            Profile.name,
            Profile.username,
            Attachment.public_id,
            Member.segment,
            Organization.name,
            Unit.name,
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .outerjoin(Attachment, Attachment.id == Profile.picture_id)
        .outerjoin(Organization, Organization.id == Member.organization_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
    )


def author_from(
    name: str | None,
    username: str | None,
    picture: str | None,
    segment: Segment,
    *belongs_to: str | None,
) -> Author:
    url = picture_url(picture) if picture else None
    return Author(name or _("Former member"), username, url, segment, *belongs_to)
