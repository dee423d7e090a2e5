"""Attached files and the texts that use them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.database import Base, public_id


class Attachment(Base):
    """A file under DATA_DIR/attachments, named by its digest; pictures are re-encoded."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    uploader_id: Mapped[int] = mapped_column(ForeignKey("member.id", use_alter=True), index=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class AttachmentUse(Base):
    """A text shows or offers the attachment, and lends it its subject's audience."""

    __tablename__ = "attachment_use"

    text_id: Mapped[int] = mapped_column(
        ForeignKey("text.id", ondelete="CASCADE"), primary_key=True
    )
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
