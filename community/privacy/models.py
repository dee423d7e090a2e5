"""Who asked to be erased: a number and two times, nothing of the person."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base


class Erasure(Base):
    """Kept for good, so that a restored backup can be cleared of whoever has left since."""

    __tablename__ = "erasure"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
