"""What happens to organizations and units."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganizationAdded(Event):
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(Event):
    """Its name, type, plan or value changed."""

    changes = "the house"

    organization_id: int


@dataclass(frozen=True, kw_only=True)
class UnitAdded(Event):
    unit_id: int
