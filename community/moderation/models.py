"""Flags, cases and appeals."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice, public_id
from community.members.models import Member


class Reason(StrEnum):
    SPAM = "spam"
    ABUSE = "abuse"
    OFF_TOPIC = "off_topic"
    PRIVATE = "private"
    OTHER = "other"


class Decision(StrEnum):
    UPHELD = "upheld"
    REJECTED = "rejected"


class Case(Base):
    """The flags on one subject, until they are decided; a subject has one open case or none.

    `hidden_by_flags`: enough flags hid it before anybody decided.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index(
            "uq_case_open",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_case_audience_id_decided_at", "audience_id", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    flag_count: Mapped[int] = mapped_column(default=0)
    hidden_by_flags: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    note: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]

    author: Mapped[Member] = relationship(Member, foreign_keys=[author_id], lazy="select")
    decided_by: Mapped[Member | None] = relationship(
        Member, foreign_keys=[decided_by_id], lazy="select"
    )


class Flag(Base):
    """One member's word on one case."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("case_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    member: Mapped[Member] = relationship(Member, lazy="select")


class Appeal(Base):
    """The author's one objection to a case that was upheld."""

    __tablename__ = "appeal"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
