"""What carries a tag, as far as the viewer may read it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from community.database import session
from community.policy import visible
from community.sending import send
from community.subjects import subject_kinds
from community.tagging.models import Tag, Tagging
from community.viewer import Viewer

SHOWN = 30


def tags_on(kind: Any, key: Any) -> Select[int, str]:
    """(key, name) of the tags that a subject carries, in their order; for other statements, too."""
    return (
        select(Tag.id, Tag.name)
        .join(Tagging)
        .where(Tagging.subject_kind == kind, Tagging.subject_id == key)
        .order_by(Tag.name)
    )


# Built once, for every page that shows tags.
_TAGS = tags_on(bindparam("kind"), bindparam("subject"))


def tags_of(kind: str, key: int) -> list[tuple[int, str]]:
    rows = send(_TAGS, {"kind": kind, "subject": key})
    return [(row.id, row.name) for row in rows]


def tagged(tag: Tag, viewer: Viewer) -> dict[str, Sequence[Any]]:
    """Kind → the latest subjects with the tag; what the viewer cannot read is not among them."""
    found = {}
    for name, kind in subject_kinds().items():
        carrying = select(Tagging.subject_id).where(
            Tagging.tag_id == tag.id, Tagging.subject_kind == name
        )
        rows = session.scalars(
            select(kind.model)
            .where(kind.model.id.in_(carrying), visible(kind.model, viewer))
            .order_by(kind.model.created_at.desc())
            .limit(SHOWN)
        ).all()
        if rows:
            found[name] = rows
    return found


def tag_counts(viewer: Viewer) -> list[tuple[str, int]]:
    """The tags in use by how many subjects carry them, counted through the viewer's eyes."""
    counts: dict[str, int] = {}
    used = set(session.scalars(select(Tagging.subject_kind).distinct()))
    for name, kind in subject_kinds().items():
        if name not in used:
            continue
        rows = session.execute(
            select(Tag.name, func.count())
            .join(Tagging)
            .join(kind.model, kind.model.id == Tagging.subject_id)
            .where(Tagging.subject_kind == name, visible(kind.model, viewer))
            .group_by(Tag.name)
        )
        for tag, count in rows:
            counts[tag] = counts.get(tag, 0) + count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:200]


def tag_named(name: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.name == name))
