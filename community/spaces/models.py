"""Spaces."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.audiences import Audience
from community.database import Base, choice, public_id


class SpaceKind(StrEnum):
    CATEGORY = "category"
    BOARD = "board"
    BLOG = "blog"
    WIKI = "wiki"
    GROUP = "group"


class Space(Base):
    """A forum category, an idea board, a blog, a wiki or a group's corner.

    `audience` is the space's own and is changed in place. `questions`: topics are questions and may
    have an accepted answer. `announcements`: only those who moderate open topics, and none needs a
    response. `version` changes with everything that a list of the space shows.
    """

    __tablename__ = "space"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    kind: Mapped[SpaceKind] = mapped_column(choice(SpaceKind), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(500), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    position: Mapped[int] = mapped_column(default=0)
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"), index=True)
    questions: Mapped[bool] = mapped_column(default=False)
    announcements: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    audience: Mapped[Audience] = relationship(Audience, lazy="select")
    parent: Mapped["Space | None"] = relationship("Space", remote_side=[id], lazy="select")
