"""Members as administrators look for them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.credentials.models import EmailAddress
from community.database import session
from community.errors import NotFound
from community.members.models import Member, MemberState, Profile, Segment
from community.members.usernames import fold
from community.organizations.models import DomainRule
from community.pagination import Key, Page, page_by_key


def members_found(words: str, segment: str, state: str, token: str | None) -> Page[Member]:
    """By name, username or address, newest first."""
    found = select(Member).join(Profile, Profile.member_id == Member.id)
    found = found.where(Member.state != MemberState.ERASED)
    if words:
        addressed = select(EmailAddress.member_id).where(
            EmailAddress.folded.contains(words.casefold(), autoescape=True)
        )
        found = found.where(
            Profile.name.icontains(words, autoescape=True)
            | Profile.username_folded.contains(fold(words), autoescape=True)
            | Member.id.in_(addressed)
        )
    if segment in set(Segment):
        found = found.where(Member.segment == segment)
    if state in set(MemberState):
        found = found.where(Member.state == state)
    keys = [
        Key(Member.joined_at, lambda member: member.joined_at, descending=True),
        Key(Member.public_id, lambda member: member.public_id, descending=True),
    ]
    loaded = found.options(joinedload(Member.organization), joinedload(Member.unit))
    return page_by_key(loaded, keys, token=token, limit=50)


def find_member_by_id(public_id: str) -> Member:
    member = session.scalar(
        select(Member).where(Member.public_id == public_id, Member.state != MemberState.ERASED)
    )
    if member is None:
        raise NotFound
    return member


def find_domain_rule(domain: str) -> DomainRule:
    rule = session.scalar(select(DomainRule).where(DomainRule.domain == domain.casefold()))
    if rule is None:
        raise NotFound
    return rule
