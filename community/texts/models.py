"""Texts, revisions, drafts, mentions and links."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, choice, public_id
from community.members.models import Member

SOURCE_LENGTH = 262_144


class Format(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"


class Text(Base):
    """A text as it stands. `subject_kind` and `subject_id` say what it belongs to."""

    __tablename__ = "text"
    __table_args__ = (Index("ix_text_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(24), default="")
    subject_id: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    format: Mapped[Format] = mapped_column(choice(Format), default=Format.MARKDOWN)
    language: Mapped[str] = mapped_column(String(12), default="en")
    html: Mapped[str] = mapped_column(String(4_000_000))
    plain: Mapped[str] = mapped_column(String(SOURCE_LENGTH * 2))
    renderer: Mapped[str] = mapped_column(String(24))
    revision: Mapped[int] = mapped_column(default=1)
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    edited_by: Mapped[Member | None] = relationship(
        Member, foreign_keys=[edited_by_id], lazy="select"
    )


class Revision(Base):
    """One saved state of a text, kept for good; `hidden_at` takes it out of sight."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("text_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    format: Mapped[Format] = mapped_column(choice(Format), default=Format.MARKDOWN)
    title: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(String(200), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    hidden_reason: Mapped[str] = mapped_column(String(400), default="")

    author: Mapped[Member] = relationship(Member, foreign_keys=[author_id], lazy="select")


class Draft(Base):
    """What a member is typing, by the place it is typed in, e.g. `reply:t:k3f9x2ab`."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("member_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(120))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class Mention(Base):
    """A member named in a text."""

    __tablename__ = "mention"

    text_id: Mapped[int] = mapped_column(
        ForeignKey("text.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class TextLink(Base):
    """A link from a text to a subject of the house: what backlinks are read from."""

    __tablename__ = "text_link"
    __table_args__ = (Index("ix_text_link_target", "target_kind", "target_id"),)

    text_id: Mapped[int] = mapped_column(
        ForeignKey("text.id", ondelete="CASCADE"), primary_key=True
    )
    target_kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    target_id: Mapped[int] = mapped_column(primary_key=True)


class Submission(Base):
    """The token of a form that has been sent: a second sending finds what the first one made."""

    __tablename__ = "submission"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
