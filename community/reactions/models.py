"""Reactions that members gave."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, choice


class ReactionKind(StrEnum):
    THANK = "thank"
    AGREE = "agree"
    CHEER = "cheer"


class Reaction(Base):
    """One member, one kind, one subject: the key says so, not the code."""

    __tablename__ = "reaction"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "member_id", "kind"),
        Index("ix_reaction_member_id_at", "member_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[ReactionKind] = mapped_column(choice(ReactionKind))
    at: Mapped[datetime] = mapped_column(default=clock.now)
