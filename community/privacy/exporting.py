"""Everything the house holds about one member, as a file they can take along.

The tables are found from the schema: each row of one's own, without secrets, without our integer
keys, and without anything of anybody else.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Column, Row, Table, select

from community import clock
from community.attachments.files import path_of
from community.attachments.models import Attachment
from community.config import settings
from community.database import Base, session
from community.members.models import Member
from community.policy import authorize
from community.subjects import subject_at
from community.texts.models import Text
from community.viewer import Viewer

OWN = ("member_id", "author_id", "uploader_id", "actor_id")
SECRET = ("hash", "token", "digest", "payload", "skeleton", "folded")
# What others keep about their own decisions; who was reported learns of the outcome elsewhere.
NOT_THEIRS = {"case", "appeal"}


def export_member(member: Member, *, by: Viewer) -> bytes:
    """A zip file: `data.json` and the files the member sent."""
    authorize(by, "member.export", member)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        told = json.dumps(everything_about(member), ensure_ascii=False, indent=1, default=_plain)
        archive.writestr("data.json", told)
        for name, content in _files(member):
            archive.writestr(f"files/{name}", content)
        archive.writestr("README.txt", _read_me(member))
    return written.getvalue()


def everything_about(member: Member) -> dict[str, Any]:
    """By table, every row that is the member's."""
    about: dict[str, Any] = {"member": [_member(member)]}
    for table in Base.metadata.sorted_tables:
        own = [column for column in table.columns if _is_own(column)]
        if own and table.name not in NOT_THEIRS:
            rows = [_row(table, own[0], row) for row in _rows(table, own[0], member)]
            if rows:
                about[table.name] = rows
    return about


def tables_about_members() -> set[str]:
    """Every table with a foreign key to a member."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if any(_points_to(column, "member") for column in table.columns)
    }


def _is_own(column: Column[Any]) -> bool:
    return column.name in OWN and _points_to(column, "member")


def _points_to(column: Column[Any], table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def _rows(table: Table, own: Column[Any], member: Member) -> Iterator[Row[Any]]:
    order = list(table.primary_key.columns)
    found = select(table).where(own == member.id).order_by(*order)
    yield from session.execute(found.execution_options(yield_per=500))


def _row(table: Table, own: Column[Any], row: Row[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column in table.columns:
        value = row._mapping[column]
        if value is None or value == "" or column.name.endswith(SECRET):
            continue
        if column.foreign_keys:
            told |= _reference(
                column, value, wrote=own.name == "author_id" or table.name == "profile"
            )
        elif not (column.name == "id" or column.name.endswith("_id")) or column.name == "public_id":
            told[column.name] = value
    return told | _subject(row)


def _reference(column: Column[Any], value: int, *, wrote: bool) -> dict[str, Any]:
    """What a foreign key leads to: the text one wrote, or the random id of something."""
    [key] = column.foreign_keys
    target = key.column.table
    name = column.name.removesuffix("_id")
    if target.name == "member" or target.name == "audience":
        return {}
    if target.name == "text":
        text = session.get(Text, value) if wrote else None
        return {name: {"source": text.source, "language": text.language}} if text else {}
    if "public_id" not in target.columns:
        return {}
    return {name: session.scalar(select(target.c.public_id).where(key.column == value))}


def _subject(row: Row[Any]) -> dict[str, Any]:
    """What a reaction, a watch or a flag is on: its kind and random id, nothing of its text."""
    known = row._mapping
    if "subject_kind" not in known or "subject_id" not in known:
        return {}
    subject = subject_at(known["subject_kind"], known["subject_id"])
    return {"subject": getattr(subject, "public_id", None)} if subject else {}


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": member.public_id,
        "segment": str(member.segment),
        "organization": member.organization.name if member.organization else None,
        "unit": member.unit.name if member.unit else None,
        "joined_at": member.joined_at,
    }


def _files(member: Member) -> Iterator[tuple[str, bytes]]:
    sent = select(Attachment).where(Attachment.uploader_id == member.id).order_by(Attachment.id)
    for attachment in session.scalars(sent):
        path = path_of(attachment.digest)
        if path.is_file():
            yield f"{attachment.public_id}-{attachment.name}", path.read_bytes()


def _read_me(member: Member) -> str:
    return _(
        "What %(community)s holds about %(name)s, as of %(date)s.\n\n"
        "data.json has one list for each kind of record; files/ holds what you uploaded.\n",
        community=settings().community_name,
        name=member.name,
        date=clock.now().date().isoformat(),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else str(value)
