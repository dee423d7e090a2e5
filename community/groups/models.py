"""Groups and who belongs to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, choice, public_id


class GroupKind(StrEnum):
    EVERYONE = "everyone"
    MEMBERS = "members"
    SEGMENT = "segment"
    ORGANIZATION = "organization"
    UNIT = "unit"
    CUSTOM = "custom"


class JoinRule(StrEnum):
    OPEN = "open"
    REQUEST = "request"
    INVITATION = "invitation"


class Group(Base):
    """`key` names those that exist by themselves: `everyone`, `members`, `segment:employee`."""

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind), default=GroupKind.CUSTOM)
    key: Mapped[str | None] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(500), default="")
    join_rule: Mapped[JoinRule] = mapped_column(choice(JoinRule), default=JoinRule.INVITATION)
    hidden: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Membership(Base):
    """Belonging to a custom group; the others follow from the member's own columns."""

    __tablename__ = "membership"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    owner: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class JoinRequest(Base):
    __tablename__ = "join_request"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(default=clock.now)
