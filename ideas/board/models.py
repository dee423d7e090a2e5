"""Ideas."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice
from community.spaces.models import Space
from community.subjects import Subject
from community.texts.models import Text
from community.threads.models import Thread
from ideas.board.statuses import STATUSES, Status, StatusKind

if TYPE_CHECKING:
    from ideas.review.models import Response, StatusChange

SUBJECT = "idea"


class Idea(Subject, Base):
    """A title and a text on a board; what is said about it are the comments of its thread.

    `status` is what its last status change says, `response_id` the official answer that stands.
    `vote_count` and `trend` are kept beside the votes by SQL; `ideas.ranking.score` says what
    `trend` is.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("vote_count >= 0", name="vote_count"),
        Index("ix_idea_trend", "trend", "created_at", "public_id"),
        Index("ix_idea_vote_count", "vote_count", "created_at", "public_id"),
        Index("ix_idea_created_at", "created_at", "public_id"),
        Index("ix_idea_space_id_trend", "space_id", "trend", "created_at", "public_id"),
        Index("ix_idea_space_id_vote_count", "space_id", "vote_count", "created_at", "public_id"),
        Index("ix_idea_space_id_created_at", "space_id", "created_at", "public_id"),
        Index("ix_idea_status_at", "status", "status_at"),
    )

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), unique=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(80))
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.NEW)
    status_at: Mapped[datetime] = mapped_column(default=clock.now)
    change_id: Mapped[int | None] = mapped_column(
        ForeignKey("idea_status_change.id", use_alter=True)
    )
    response_id: Mapped[int | None] = mapped_column(ForeignKey("idea_response.id", use_alter=True))
    vote_count: Mapped[int] = mapped_column(default=0)
    trend: Mapped[float] = mapped_column(Double, default=0.0)

    space: Mapped[Space] = relationship(Space, lazy="select")
    text: Mapped[Text] = relationship(Text, lazy="select")
    thread: Mapped[Thread] = relationship(Thread, lazy="select")
    change: Mapped["StatusChange | None"] = relationship(
        "StatusChange", foreign_keys=[change_id], lazy="select"
    )
    response: Mapped["Response | None"] = relationship(
        "Response", foreign_keys=[response_id], lazy="select"
    )

    @property
    def status_kind(self) -> StatusKind:
        return STATUSES[self.status]

    @property
    def takes_votes(self) -> bool:
        return self.is_published and self.status_kind.takes_votes and not self.space.archived_at
