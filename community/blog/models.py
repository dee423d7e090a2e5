"""Articles."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.database import Base
from community.markup import excerpt
from community.spaces.models import Space
from community.subjects import State, Subject
from community.texts.models import Text
from community.threads.models import Thread

SUBJECT = "article"
EXCERPT_LENGTH = 400


class Article(Subject, Base):
    """An article of a blog.

    `published_at` is when it first came out, and stays; `withdrawn_at` says that its author has
    made it a draft again since. `excerpt` is empty where the text's beginning serves.
    """

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_space_id_published_at", "space_id", "published_at"),
        Index("ix_article_published_at", "published_at"),
    )

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), unique=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(80))
    excerpt: Mapped[str] = mapped_column(String(EXCERPT_LENGTH), default="")
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    space: Mapped[Space] = relationship(Space, lazy="select")
    text: Mapped[Text] = relationship(Text, lazy="select")
    thread: Mapped[Thread] = relationship(Thread, lazy="select")

    @property
    def is_out(self) -> bool:
        """Whether it is published, unless it was deleted or hidden since."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def lead(self) -> str:
        """What a list shows of it."""
        return self.excerpt or excerpt(self.text.plain[:2000])

    @property
    def updated_at(self) -> datetime | None:
        """When it was revised since it came out, if it was."""
        edited = self.text.edited_at
        return edited if edited and self.published_at and edited > self.published_at else None
