"""Threads and posts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.database import Base
from community.subjects import Subject
from community.texts.models import Text


class Thread(Subject, Base):
    """Posts in order, all of one audience.

    Audience, state and author are those of the subject it belongs to and change with them.
    `last_number` counts what was ever posted, `post_count` what is published. `version` changes
    with everything a page of the thread shows, views apart. `purpose` is empty, or "notes" for
    staff notes. `first_response_at` is the time of the first published post by somebody else than
    the one who opened the thread.
    """

    __tablename__ = "thread"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "purpose"),
        Index(
            "ix_thread_without_response",
            "subject_kind",
            "created_at",
            sqlite_where=text("first_response_at IS NULL"),
            postgresql_where=text("first_response_at IS NULL"),
        ),
    )

    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(24), default="")
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"), index=True)
    last_number: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    last_post_at: Mapped[datetime | None]
    last_author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    first_response_at: Mapped[datetime | None]
    view_count: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]

    @property
    def shown_views(self) -> int:
        return shown_views(self.view_count)


def shown_views(count: int) -> int:
    """Rounded down to 10, 20, 50, 100…; 0 below ten: a page that is kept may say it for minutes."""
    unit = 10 ** (len(str(count)) - 1)
    return next(step * unit for step in (5, 2, 1) if step * unit <= count) if count >= 10 else 0


class Post(Subject, Base):
    """A post; under an idea, article or page it is called a comment.

    `reply_to_id` is the post it explicitly replies to. `tally` is what an import knows of votes or
    likes whose givers are unknown. `anchor` quotes the passage a remark is about.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index("ix_post_author_id_created_at", "author_id", "created_at"),
        Index("ix_post_created_at", "created_at"),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"), index=True)
    number: Mapped[int]
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    reaction_count: Mapped[int] = mapped_column(default=0)
    tally: Mapped[int] = mapped_column(default=0)
    anchor_revision: Mapped[int | None]
    anchor_quote: Mapped[str] = mapped_column(String(400), default="")
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    deleted_at: Mapped[datetime | None]

    thread: Mapped[Thread] = relationship(Thread, lazy="select")
    text: Mapped[Text] = relationship(Text, lazy="select")
    reply_to: Mapped["Post | None"] = relationship(
        "Post", remote_side="Post.id", foreign_keys=[reply_to_id], lazy="select"
    )


class ReadState(Base):
    """How far a member has read a thread, by post number, and since when."""

    __tablename__ = "read_state"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]
    at: Mapped[datetime]
