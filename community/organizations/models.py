"""Organizations (customer companies) and units (parts of the own company)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, choice, public_id
from community.members.models import Segment


class OrganizationType(StrEnum):
    CUSTOMER = "customer"
    PARTNER = "partner"
    PROSPECT = "prospect"


class Organization(Base):
    """A company outside; `value` is what it pays a year, in whole units of the house currency."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    name: Mapped[str] = mapped_column(String(120), unique=True)
    type: Mapped[OrganizationType] = mapped_column(
        choice(OrganizationType), default=OrganizationType.CUSTOMER
    )
    plan: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[int | None]
    external_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Unit(Base):
    """A part of the own company that employees belong to."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    name: Mapped[str] = mapped_column(String(120), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))


class DomainRule(Base):
    """Who confirms an address of this domain gets this segment and organization or unit."""

    __tablename__ = "domain_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), unique=True)
    segment: Mapped[Segment] = mapped_column(choice(Segment))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
