"""Votes."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, choice
from community.members.models import Segment


class Vote(Base):
    """A member's vote for an idea.

    Segment, organization and unit are those of the moment of voting: changing the member's later
    leaves them. `weight` is what the vote adds to the idea's trend.
    """

    __tablename__ = "vote"
    __table_args__ = (
        Index("uq_vote_idea_id_member_id", "idea_id", "member_id", unique=True),
        Index("ix_vote_member_id_at", "member_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    segment: Mapped[Segment] = mapped_column(choice(Segment))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    weight: Mapped[float] = mapped_column(Double)
    source: Mapped[str] = mapped_column(String(16))
