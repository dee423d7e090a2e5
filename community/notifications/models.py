"""Notices and what each member wants by mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, public_id
from community.members.models import Member


class Notice(Base):
    """One event is at most one notice for one member: the key says so.

    `audience_id` is the subject's, so that what one may no longer read is not even counted.
    `withdrawn`: the subject is deleted or hidden.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        Index("ix_notice_member_id_at", "member_id", "at"),
        Index(
            "ix_notice_unseen",
            "member_id",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    event_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)

    actor: Mapped[Member | None] = relationship(Member, foreign_keys=[actor_id], lazy="select")


class MailChoice(Base):
    """A kind of notice a member wants, or does not want, by mail; absent: the kind's default."""

    __tablename__ = "mail_choice"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    wanted: Mapped[bool]
