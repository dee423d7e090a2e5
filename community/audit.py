"""The audit log: who did what with special rights, append-only and chained by hashes.

Values that may be personal stand in `AuditDetail`, outside the chain: erasure leaves it whole.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, Index, String, event, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community import clock
from community.database import Base, public_id, session
from community.members.models import Member
from community.subjects import subject_ref
from community.viewer import Viewer


class AuditEntry(Base):
    """One deed. `digest` covers this row and the one before; rows are never changed or deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_at", "at", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    deed: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[Member | None] = relationship(Member, lazy="select")
    detail: Mapped["AuditDetail | None"] = relationship(back_populates="entry", lazy="select")


class AuditDetail(Base):
    """What was before and after, and why; outside the chain, so that erasure can empty it."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000), default="")

    entry: Mapped[AuditEntry] = relationship(back_populates="detail")


def record(
    by: Viewer,
    deed: str,
    subject: tuple[str, int],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one deed in the current transaction, such as "topic.locked"."""
    _one_at_a_time()
    entry = AuditEntry(
        at=clock.now(),
        actor_id=by.member_id,
        deed=deed,
        subject_kind=subject[0],
        subject_id=subject[1],
        digest="",
    )
    entry.digest = _digest(_last_digest(), entry)
    session.add(entry)
    session.flush()
    session.add(
        AuditDetail(
            entry_id=entry.id,
            before=dict(before or {}),
            after=dict(after or {}),
            reason=reason[:1000],
        )
    )
    session.flush()
    return entry


def record_care(by: Viewer, deed: str, subject: Any, **values: Any) -> None:
    """Write the deed, unless it was done to one's own: that is no use of special rights."""
    if by.member_id != subject.author_id:
        record(by, deed, subject_ref(subject), **values)


def first_broken_entry() -> AuditEntry | None:
    """The first entry that does not fit the chain, or `None`. Reads the whole log."""
    previous = ""
    for entry in session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    ):
        if _digest(previous, entry) != entry.digest:
            return entry
        previous = entry.digest
    return None


def _one_at_a_time() -> None:
    """On PostgreSQL two transactions must not chain to the same entry; SQLite has one writer."""
    if session().get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7418529)"))


def _last_digest() -> str:
    return session.scalar(select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)) or ""


def _digest(previous: str, entry: AuditEntry) -> str:
    row = [
        previous,
        entry.at.isoformat(),
        entry.actor_id,
        entry.deed,
        entry.subject_kind,
        entry.subject_id,
    ]
    return hashlib.sha256(json.dumps(row).encode()).hexdigest()


# The schema itself refuses to change what was written.

_SQLITE = """
CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
"""

for _verb in ("UPDATE", "DELETE"):
    event.listen(
        AuditEntry.__table__,
        "after_create",
        DDL(_SQLITE.format(verb=_verb)).execute_if(dialect="sqlite"),
    )
event.listen(
    AuditEntry.__table__,
    "after_create",
    DDL(_POSTGRESQL).execute_if(dialect="postgresql"),
)
