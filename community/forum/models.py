"""Topics."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice
from community.spaces.models import Space
from community.subjects import Subject
from community.threads.models import Post, Thread


class TopicKind(StrEnum):
    DISCUSSION = "discussion"
    QUESTION = "question"
    ANNOUNCEMENT = "announcement"


class Topic(Subject, Base):
    """A title over a thread; the topic's own text is the thread's first post.

    `accepted_post_id` is unique by being one column: a topic has one accepted answer or none.
    `active_at` orders the lists: the opening, then each new post. Its indexes hold a list's whole
    order; with less, all topics would be read and sorted for one page. What is new for a reader is
    found by audience and time at once: either alone is most of the table to one planner or another.
    """

    __tablename__ = "topic"
    __table_args__ = (
        Index("ix_topic_space_id_active_at", "space_id", "active_at", "public_id"),
        Index("ix_topic_active_at", "active_at", "public_id"),
        Index("ix_topic_created_at", "created_at", "public_id"),
        Index("ix_topic_audience_id_created_at", "audience_id", "created_at"),
    )

    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"))
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("thread.id", use_alter=True), unique=True
    )
    kind: Mapped[TopicKind] = mapped_column(choice(TopicKind), default=TopicKind.DISCUSSION)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(80))
    accepted_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", use_alter=True))
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    pinned_until: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    active_at: Mapped[datetime] = mapped_column(default=clock.now)

    space: Mapped[Space] = relationship(Space, lazy="select")
    thread: Mapped[Thread] = relationship(Thread, foreign_keys=[thread_id], lazy="select")
    accepted_post: Mapped[Post | None] = relationship(
        Post, foreign_keys=[accepted_post_id], lazy="select"
    )

    @property
    def view_count(self) -> int:
        return self.thread.view_count
