"""Subjects: the readable rows that reactions, flags, tags and watches attach to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Select, bindparam, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from community import clock
from community.database import choice, public_id, session
from community.members.models import Member


class State(StrEnum):
    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    DELETED = "deleted"


class Subject:
    """Mixin of every row that can be read: one audience, one state, one author."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = public_id()
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"), index=True)
    state: Mapped[State] = mapped_column(choice(State), default=State.PUBLISHED)
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr
    def author(cls) -> Mapped[Member]:
        return relationship(Member, foreign_keys=[cls.author_id], lazy="select")  # type: ignore[list-item]

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


@dataclass(frozen=True)
class SubjectKind:
    """What the house knows of one kind: where it is shown and what it is called."""

    name: str
    model: type[Any]
    url: Callable[[Any], str]
    title: Callable[[Any], str]
    label: Callable[[], str]
    heading: Callable[[], str]
    space_id: Callable[[Any], int | None]
    text_id: Callable[[Any], int | None]


_kinds: dict[str, SubjectKind] = {}
_by_model: dict[type[Any], str] = {}


def register_subject(
    name: str,
    model: type[Any],
    *,
    url: Callable[[Any], str],
    title: Callable[[Any], str],
    label: Callable[[], str],
    heading: Callable[[], str],
    space_id: Callable[[Any], int | None] = lambda row: row.space_id,
    text_id: Callable[[Any], int | None] = lambda row: getattr(row, "text_id", None),
) -> None:
    """Make `model` a kind of subject: "topic" is its `label`, "Topics" the `heading` of a list."""
    _kinds[name] = SubjectKind(name, model, url, title, label, heading, space_id, text_id)
    _by_model[model] = name


def stands_for(name: str, rows: type[Any]) -> None:
    """Let plain rows be of a kind, too: what a page shows of its model's."""
    _by_model[rows] = name


def subject_kinds() -> dict[str, SubjectKind]:
    return dict(_kinds)


def kind_of(row: Any) -> SubjectKind:
    return _kinds[_by_model[type(row)]]


def subject_ref(row: Any) -> tuple[str, int]:
    """(kind, id): what is stored by whatever attaches to any subject."""
    return _by_model[type(row)], row.id


def subject_at(kind: str, key: int) -> Any | None:
    """The row behind a stored reference, whoever asks; check `may_see` before showing it."""
    known = _kinds.get(kind)
    return known and session.get(known.model, key)


def subjects_at(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The rows behind many references, one query for each kind; what is gone is left out."""
    by_kind: dict[str, set[int]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, set()).add(key)
    rows: dict[tuple[str, int], Any] = {}
    for kind, ids in by_kind.items():
        if known := _kinds.get(kind):
            found = session.scalars(_by_ids(known.model), {"ids": list(ids)})
            rows |= {(kind, row.id): row for row in found}
    return rows


@cache
def _by_ids(model: type[Any]) -> Select[Any]:
    return select(model).where(model.id.in_(bindparam("ids", expanding=True)))


def subject_url(row: Any) -> str:
    return kind_of(row).url(row)


def subject_title(row: Any) -> str:
    return kind_of(row).title(row)
