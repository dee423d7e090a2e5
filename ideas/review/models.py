"""Status changes, official answers and outcomes: rows that are added to, never rewritten."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice
from community.members.models import Member
from community.texts.models import Text
from ideas.board.statuses import STATUSES, Status, StatusKind
from ideas.releases.models import Release


class Response(Base):
    """An official answer, by a product manager; the idea points to the one that stands."""

    __tablename__ = "idea_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    text: Mapped[Text] = relationship(Text, lazy="select")
    author: Mapped[Member] = relationship(Member, lazy="select")


class StatusChange(Base):
    """One move of an idea, with what was promised or said with it.

    What was promised (`release`, `quarter`, or `undated`) is carried on from the move before.
    `revisit_on` goes with "not now", `link` with "exists already", `outcome` with "measured".
    Without an actor the house moved it itself. An undone move stays, but counts for nothing.
    """

    __tablename__ = "idea_status_change"
    __table_args__ = (Index("ix_idea_status_change_idea_id_id", "idea_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    from_status: Mapped[Status] = mapped_column(choice(Status))
    to_status: Mapped[Status] = mapped_column(choice(Status, name="to_status"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("idea_response.id"))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    quarter: Mapped[str] = mapped_column(String(7), default="")
    undated: Mapped[bool] = mapped_column(default=False)
    revisit_on: Mapped[date | None] = mapped_column(Date)
    link: Mapped[str] = mapped_column(String(500), default="")
    outcome: Mapped[str] = mapped_column(String(500), default="")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    actor: Mapped[Member | None] = relationship(Member, foreign_keys=[actor_id], lazy="select")
    response: Mapped[Response | None] = relationship(Response, lazy="select")
    release: Mapped[Release | None] = relationship(Release, lazy="select")

    @property
    def kind(self) -> StatusKind:
        return STATUSES[self.to_status]
