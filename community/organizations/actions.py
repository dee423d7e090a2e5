"""Adding organizations and units; each is a group by itself."""

from slugify import slugify

from community.audiences import bump_access
from community.database import session
from community.groups.models import Group, GroupKind
from community.identifiers import new_public_id
from community.organizations.models import Organization, OrganizationType, Unit


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
