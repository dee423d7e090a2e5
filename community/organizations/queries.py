"""Organizations, units and the rules that assign them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from community.database import session
from community.errors import NotFound
from community.members.actions import Place
from community.members.models import Member, MemberState
from community.organizations.models import DomainRule, Organization, Unit
from community.pagination import Key, Page, page_by_key


def place_by_domain(domain: str) -> Place:
    """What the rule for this domain says, else the public segment."""
    rule = session.scalar(select(DomainRule).where(DomainRule.domain == domain.casefold()))
    if rule is None:
        return Place()
    return Place(segment=rule.segment, organization_id=rule.organization_id, unit_id=rule.unit_id)


def organizations_page(token: str | None, words: str = "") -> Page[Organization]:
    found = select(Organization)
    if words:
        found = found.where(
            func.lower(Organization.name).contains(words.casefold(), autoescape=True)
        )
    keys = [
        Key(Organization.name, lambda row: row.name),
        Key(Organization.public_id, lambda row: row.public_id),
    ]
    return page_by_key(found, keys, token=token, limit=50)


def all_organizations() -> Sequence[Organization]:
    """For choosing one in a form."""
    return session.scalars(select(Organization).order_by(Organization.name).limit(2000)).all()


def all_units() -> Sequence[Unit]:
    return session.scalars(select(Unit).order_by(Unit.name).limit(500)).all()


def all_domain_rules() -> Sequence[DomainRule]:
    return session.scalars(select(DomainRule).order_by(DomainRule.domain).limit(2000)).all()


def find_organization(public_id: str) -> Organization:
    return _found(Organization, public_id)


def find_unit(public_id: str) -> Unit:
    return _found(Unit, public_id)


def people_by(column: object, ids: Sequence[int]) -> dict[int, int]:
    """How many active members each organization (or unit) has."""
    counted = (
        select(column, func.count())  # type: ignore[call-overload]
        .where(column.in_(ids), Member.state == MemberState.ACTIVE)  # type: ignore[attr-defined]
        .group_by(column)
    )
    return dict(session.execute(counted).all())  # type: ignore[arg-type]


def _found(model: type, public_id: str):
    row = session.scalar(select(model).where(model.public_id == public_id))
    if row is None:
        raise NotFound
    return row
