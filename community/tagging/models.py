"""Tags and what carries them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, public_id


class Tag(Base):
    """A word; `name` is folded, and unique so."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    name: Mapped[str] = mapped_column(String(40), unique=True)
    about: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Tagging(Base):
    """One subject carries one tag."""

    __tablename__ = "tagging"
    __table_args__ = (Index("ix_tagging_subject", "subject_kind", "subject_id"),)

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
