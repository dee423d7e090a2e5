"""Adding and changing organizations, units and the rules that assign them."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _
from slugify import slugify
from sqlalchemy import select

from community.audiences import bump_access
from community.audit import record
from community.database import action, session
from community.errors import Conflict, Invalid
from community.events import emit
from community.groups.models import Group, GroupKind
from community.identifiers import new_public_id
from community.members.actions import check_line
from community.members.models import Segment
from community.organizations.events import OrganizationAdded, OrganizationChanged, UnitAdded
from community.organizations.models import DomainRule, Organization, OrganizationType, Unit
from community.policy import authorize
from community.viewer import Viewer

_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)


@dataclass(frozen=True)
class OrganizationFacts:
    """What is known of an organization, checked. `value` is a year's, in whole units."""

    name: str
    type: OrganizationType = OrganizationType.CUSTOMER
    plan: str = ""
    value: int | None = None
    external_id: str | None = None


def check_organization(typed: dict[str, str]) -> OrganizationFacts:
    """Raise `Invalid`, naming the field."""
    name = _required_name(typed.get("name", ""))
    kind = typed.get("type") or "customer"
    if kind not in set(OrganizationType):
        raise Invalid({"type": _("The type is customer, partner or prospect.")})
    return OrganizationFacts(
        name,
        OrganizationType(kind),
        check_line(typed.get("plan", ""), "plan", 40),
        _whole_number(typed.get("value", "")),
        check_line(typed.get("external_id", ""), "external_id", 80) or None,
    )


@action
def create_organization(facts: OrganizationFacts, *, by: Viewer) -> Organization:
    """A customer company, a partner or a prospect; it is a group by itself."""
    authorize(by, "organization.manage")
    _refuse_double(facts, None)
    organization = add_organization(**vars(facts))
    emit(OrganizationAdded(actor_id=by.member_id, organization_id=organization.id))
    record(by, "organization.added", ("organization", organization.id), after=vars(facts))
    return organization


@action
def change_organization(
    organization: Organization, facts: OrganizationFacts, *, by: Viewer
) -> None:
    authorize(by, "organization.manage")
    _refuse_double(facts, organization.id)
    before = {name: getattr(organization, name) for name in vars(facts)}
    if before == vars(facts):
        return
    for name, value in vars(facts).items():
        setattr(organization, name, value)
    session.get_one(Group, organization.group_id).name = facts.name
    session.flush()
    emit(OrganizationChanged(actor_id=by.member_id, organization_id=organization.id))
    subject = ("organization", organization.id)
    record(by, "organization.changed", subject, before=before, after=vars(facts))


@action
def create_unit(name: str, *, by: Viewer) -> Unit:
    authorize(by, "organization.manage")
    unit = add_unit(_free_unit_name(name, None))
    emit(UnitAdded(actor_id=by.member_id, unit_id=unit.id))
    record(by, "unit.added", ("unit", unit.id), after={"name": unit.name})
    return unit


@action
def rename_unit(unit: Unit, name: str, *, by: Viewer) -> None:
    authorize(by, "organization.manage")
    before, unit.name = unit.name, _free_unit_name(name, unit.id)
    session.get_one(Group, unit.group_id).name = unit.name
    bump_access()  # it stands beside the name of everybody in it
    record(
        by, "unit.renamed", ("unit", unit.id), before={"name": before}, after={"name": unit.name}
    )


@action
def set_domain_rule(
    domain: str,
    segment: str,
    *,
    by: Viewer,
    organization: Organization | None = None,
    unit: Unit | None = None,
) -> DomainRule:
    """From now on, who confirms an address of this domain is put there."""
    authorize(by, "organization.manage")
    domain = domain.strip().casefold().removeprefix("@")
    if not _DOMAIN.fullmatch(domain):
        raise Invalid({"domain": _("Write the domain like example.com.")})
    if segment not in {Segment.EMPLOYEE, Segment.CUSTOMER, Segment.PARTNER, Segment.PUBLIC}:
        raise Invalid({"segment": _("Choose a segment.")})
    rule = session.scalar(select(DomainRule).where(DomainRule.domain == domain))
    if rule is None:
        rule = DomainRule(domain=domain)
        session.add(rule)
    rule.segment = Segment(segment)
    employs = rule.segment == Segment.EMPLOYEE
    rule.organization_id = organization.id if organization and not employs else None
    rule.unit_id = unit.id if unit and employs else None
    session.flush()
    after = {"domain": domain, "segment": segment}
    record(by, "domain_rule.set", ("domain_rule", rule.id), after=after)
    return rule


@action
def remove_domain_rule(rule: DomainRule, *, by: Viewer) -> None:
    """Whom it has placed stay where they are."""
    authorize(by, "organization.manage")
    before = {"domain": rule.domain, "segment": str(rule.segment)}
    record(by, "domain_rule.removed", ("domain_rule", rule.id), before=before)
    session.delete(rule)


def add_organization(
    name: str,
    *,
    type: OrganizationType = OrganizationType.CUSTOMER,
    plan: str = "",
    value: int | None = None,
    external_id: str | None = None,
) -> Organization:
    """A customer company with its group; joins a write transaction."""
    group = _own_group(GroupKind.ORGANIZATION, name)
    organization = Organization(
        name=name, type=type, plan=plan, value=value, external_id=external_id, group_id=group.id
    )
    session.add(organization)
    session.flush()
    return organization


def add_unit(name: str) -> Unit:
    """A part of the own company with its group; joins a write transaction."""
    unit = Unit(name=name, group_id=_own_group(GroupKind.UNIT, name).id)
    session.add(unit)
    session.flush()
    return unit


def _own_group(kind: GroupKind, name: str) -> Group:
    key = f"{kind}:{new_public_id()}"
    group = Group(kind=kind, key=key, slug=f"{slugify(name)[:60]}-{key[-4:]}", name=name)
    session.add(group)
    session.flush()
    bump_access()
    return group


def _required_name(typed: str) -> str:
    name = check_line(typed, "name", 120)
    if not name:
        raise Invalid({"name": _("A name is needed.")})
    return name


def _whole_number(typed: str) -> int | None:
    plain = typed.strip().replace(",", "").replace("_", "")
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9:
        raise Invalid({"value": _("The value is a whole number, at most 999,999,999.")})
    return int(plain)


def _refuse_double(facts: OrganizationFacts, own_id: int | None) -> None:
    same = Organization.name == facts.name
    if facts.external_id:
        same |= Organization.external_id == facts.external_id
    found = session.scalar(select(Organization).where(same, Organization.id != (own_id or 0)))
    if found:
        raise Conflict(_("%(name)s is there already.", name=found.name))


def _free_unit_name(typed: str, own_id: int | None) -> str:
    name = _required_name(typed)
    if session.scalar(select(Unit.id).where(Unit.name == name, Unit.id != (own_id or 0))):
        raise Conflict(_("%(name)s is there already.", name=name))
    return name
