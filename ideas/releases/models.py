"""Releases."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, public_id


class Release(Base):
    """A version of what a board is about; `released_at` is empty until it is out.

    `quarter` is when it is meant to come, e.g. "2027-Q1".
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("space_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    version: Mapped[str] = mapped_column(String(40))
    quarter: Mapped[str] = mapped_column(String(7), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    released_at: Mapped[datetime | None]
