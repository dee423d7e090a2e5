"""Members, their profiles and their site-wide roles."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice, public_id
from community.members.likeness import skeleton


class Segment(StrEnum):
    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    PARTNER = "partner"
    PUBLIC = "public"
    BOT = "bot"


class MemberState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ERASED = "erased"


class Role(StrEnum):
    MODERATOR = "moderator"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Signing:
    """What follows from the name and the segment that somebody's posts are signed with."""

    __slots__ = ()
    name: Any
    segment: Any

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def is_employee(self) -> bool:
        return self.segment == Segment.EMPLOYEE


class Member(Signing, Base):
    """The number that authors and events point to; it stays, nameless, when the person leaves."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    segment: Mapped[Segment] = mapped_column(choice(Segment), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[MemberState] = mapped_column(choice(MemberState), default=MemberState.ACTIVE)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    profile: Mapped["Profile | None"] = relationship(back_populates="member", lazy="joined")
    organization = relationship("Organization", lazy="select")
    unit = relationship("Unit", lazy="select")

    @property
    def name(self) -> str:
        return self.profile.name if self.profile else _("Former member")

    @property
    def username(self) -> str | None:
        return self.profile.username if self.profile else None

    @property
    def picture_url(self) -> str | None:
        picture = self.profile.picture if self.profile else None
        return picture_url(picture.public_id) if picture else None


class Profile(Base):
    """Everything personal that is shown; erasure deletes this row."""

    __tablename__ = "profile"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    username: Mapped[str] = mapped_column(String(40))
    username_folded: Mapped[str] = mapped_column(String(80), unique=True)
    username_skeleton: Mapped[str] = mapped_column(
        String(80),
        index=True,
        default=lambda row: skeleton(row.get_current_parameters()["username"]),
    )
    name: Mapped[str] = mapped_column(String(80))
    headline: Mapped[str] = mapped_column(String(120), default="")
    location: Mapped[str] = mapped_column(String(80), default="")
    about_text_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", use_alter=True))
    language: Mapped[str] = mapped_column(String(12), default="en")
    timezone: Mapped[str] = mapped_column(String(40), default="UTC")
    theme: Mapped[str] = mapped_column(String(8), default="")

    member: Mapped[Member] = relationship(back_populates="profile")
    about = relationship("Text", lazy="select")
    picture = relationship("Attachment", lazy="joined")


class SiteRole(Base):
    """A site-wide role; being product manager or owner of a space is a grant, not a role."""

    __tablename__ = "site_role"
    __table_args__ = (UniqueConstraint("member_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(choice(Role))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)


def picture_url(public_id: str) -> str:
    """Named by the picture's own random id, so that a browser may keep it for good."""
    return f"/pictures/{public_id}.webp"


def initials(name: str) -> str:
    """Of the first word and the last; of a single word its first two letters."""
    parts = name.split() or ["?"]
    return parts[0][0] + (parts[-1][0] if len(parts) > 1 else name[1:2])
