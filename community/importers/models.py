"""Where imported rows came from."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.database import Base


class Origin(Base):
    """The row elsewhere that became a row here: a second import finds it and changes nothing."""

    __tablename__ = "origin"
    __table_args__ = (
        UniqueConstraint("system", "kind", "external_id"),
        Index("ix_origin_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(24))
    external_id: Mapped[str] = mapped_column(String(120))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
