"""Watches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, choice


class WatchLevel(StrEnum):
    MUTED = "muted"
    NORMAL = "normal"
    TRACKING = "tracking"
    WATCHING = "watching"


class Watch(Base):
    """What a member chose for one subject, space (`space`) or tag (`tag`)."""

    __tablename__ = "watch"
    __table_args__ = (Index("ix_watch_subject", "subject_kind", "subject_id"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    subject_kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[WatchLevel] = mapped_column(choice(WatchLevel))
    chosen: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
