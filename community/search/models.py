"""What waits to be indexed, and what was searched for in vain."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base
from community.search.grammar import LONGEST_QUERY


class Waiting(Base):
    """A row that changed since it was indexed. `changes` tells whether it changed once more."""

    __tablename__ = "search_waiting"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(default=1)


class Miss(Base):
    """Words that found nothing, without who asked: what the community does not answer yet."""

    __tablename__ = "search_miss"

    words: Mapped[str] = mapped_column(String(LONGEST_QUERY), primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
