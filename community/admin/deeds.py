"""The audit log as administrators read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from community.audit import AuditEntry
from community.database import session
from community.members.models import Member, Profile
from community.members.usernames import fold
from community.organizations.models import DomainRule, Organization, Unit
from community.pagination import Key, Page, page_by_key
from community.policy import may_see
from community.spaces.models import Space
from community.subjects import subject_title, subject_url, subjects_at
from community.viewer import Viewer

NEWEST = (
    Key(AuditEntry.at, lambda entry: entry.at, descending=True),
    Key(AuditEntry.public_id, lambda entry: entry.public_id, descending=True),
)


@dataclass(frozen=True)
class Named:
    """How a row that is no subject is called and where it is administered."""

    model: type[Any]
    title: Callable[[Any], str]
    url: Callable[[Any], str | None]


NAMED = {
    "member": Named(Member, lambda row: row.name, lambda row: f"/admin/members/{row.public_id}"),
    "space": Named(Space, lambda row: row.name, lambda row: f"/spaces/{row.slug}/settings"),
    "organization": Named(
        Organization, lambda row: row.name, lambda row: f"/admin/organizations/{row.public_id}"
    ),
    "unit": Named(Unit, lambda row: row.name, lambda row: None),
    "domain_rule": Named(DomainRule, lambda row: row.domain, lambda row: None),
}


def deeds(deed: str, person: str, token: str | None) -> Page[AuditEntry]:
    """Newest first; `deed` is how its name begins, `person` the username of doer or done-to."""
    found = select(AuditEntry).options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
    if deed:
        found = found.where(AuditEntry.deed.startswith(deed, autoescape=True))
    if person:
        them = select(Profile.member_id).where(
            Profile.username_folded == fold(person.removeprefix("@"))
        )
        about_them = and_(AuditEntry.subject_kind == "member", AuditEntry.subject_id.in_(them))
        found = found.where(or_(AuditEntry.actor_id.in_(them), about_them))
    return page_by_key(found, NEWEST, token=token, limit=50)


def deeds_about(member: Member) -> Sequence[AuditEntry]:
    """The latest about one member."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "member", AuditEntry.subject_id == member.id)
        .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.id.desc())
        .limit(20)
    ).all()


def what_they_are_about(
    entries: Sequence[AuditEntry], viewer: Viewer
) -> dict[tuple[str, int], tuple[str, str | None]]:
    """(kind, id) → title and address, of what is still there and the viewer may see."""
    keys = {(entry.subject_kind, entry.subject_id) for entry in entries}
    found: dict[tuple[str, int], tuple[str, str | None]] = {
        key: (subject_title(row), subject_url(row))
        for key, row in subjects_at(keys).items()
        if may_see(viewer, row)
    }
    for kind, named in NAMED.items():
        ids = [key for name, key in keys if name == kind]
        for row in session.scalars(select(named.model).where(named.model.id.in_(ids))):
            found[kind, row.id] = named.title(row), named.url(row)
    return found
