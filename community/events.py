"""Events: what happened, one row each, written in the action's own transaction.

The worker hands each to its subscribers. They succeed, retry and fail apart from each other, are
idempotent by the event's id, and read the present state, because order is not guaranteed.
"""

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.audiences import Audience
from community.database import Base, table_of
from community.members.models import Member
from community.sending import ForEach
from community.versions import touch_what_happened


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events: ids and plain values only. Subclasses are named in the past tense.

    `changes` says what is shown differently afterwards: what the event names, the whole house, or
    nothing that others see (`community.versions`).
    """

    actor_id: int | None = None
    space_id: int | None = None
    audience_id: int | None = None

    kinds: ClassVar[dict[str, type["Event"]]] = {}
    changes: ClassVar[Literal["what it names", "the house", "nothing"]] = "what it names"

    def __init_subclass__(cls) -> None:
        Event.kinds[cls.__name__] = cls


class EventRow(Base):
    """An event as stored. Segment, organization, unit and boundary are those of that moment."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "ix_event_undispatched",
            "id",
            sqlite_where=text("dispatched_at IS NULL"),
            postgresql_where=text("dispatched_at IS NULL"),
        ),
        Index("ix_event_name_occurred_at", "name", "occurred_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    segment: Mapped[str | None] = mapped_column(String(16))
    organization_id: Mapped[int | None]
    unit_id: Mapped[int | None]
    space_id: Mapped[int | None]
    external: Mapped[bool | None]
    source: Mapped[str] = mapped_column(String(16))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[int | None]
    dispatched_at: Mapped[datetime | None]


def _of(model: type[Base], column: str, key: ColumnElement[Any]) -> ScalarSelect[Any]:
    table = table_of(model)
    return select(table.c[column]).where(table.c.id == key).scalar_subquery()


GIVEN = ("name", "occurred_at", "recorded_at", "actor_id", "space_id", "source", "payload")
# The database itself looks up what the actor and the audience are at this moment.
ADD_EVENTS = ForEach(
    {column: table_of(EventRow).c[column] for column in GIVEN} | {"audience_id": Audience.id},
    lambda row: row.insert(
        EventRow,
        {column: row[column] for column in GIVEN}
        | {
            "segment": _of(Member, "segment", row["actor_id"]),
            "organization_id": _of(Member, "organization_id", row["actor_id"]),
            "unit_id": _of(Member, "unit_id", row["actor_id"]),
            "external": _of(Audience, "external", row["audience_id"]),
        },
    ),
)


@dataclass(frozen=True)
class Happened:
    """An event on its way to a subscriber; `id` is what makes handling it idempotent."""

    id: int
    event: Any
    at: datetime
    actor_id: int | None
    segment: str | None
    organization_id: int | None
    unit_id: int | None
    space_id: int | None
    external: bool | None
    source: str

    @property
    def imported(self) -> bool:
        return self.source == "import"


Handler = Callable[[Happened], None]

_subscribers: dict[type[Event], list[Handler]] = {}
_source: ContextVar[str] = ContextVar("source", default="web")


@contextmanager
def occurring(*, source: str) -> Iterator[None]:
    """Stamp the events emitted inside as coming from `source`: web, api, mail, import, system."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def source() -> str:
    return _source.get()


def emit(event: Event) -> None:
    """Write the event; its time is the clock's, so an import sets the clock.

    What it names has another version with the commit.
    """
    touch_what_happened(event)
    emit_all([event])


def emit_all(
    events: Sequence[Event],
    *,
    at: Sequence[datetime] | None = None,
    sources: Sequence[str] | None = None,
) -> None:
    """Write many events with one statement; `at` and `sources` where they happened earlier.

    Versions are left to the caller, for these are readings, or a whole import.
    """
    moments = at or [clock.now()] * len(events)
    origins = sources or [_source.get()] * len(events)
    now = clock.real_now()
    told = zip(events, moments, origins, strict=True)
    ADD_EVENTS.send([_row(*one, recorded_at=now) for one in told])


def _row(event: Event, at: datetime, source: str, recorded_at: datetime) -> dict[str, Any]:
    return {
        "name": type(event).__name__,
        "occurred_at": at,
        "recorded_at": recorded_at,
        "actor_id": event.actor_id,
        "audience_id": event.audience_id,
        "space_id": event.space_id,
        "source": source,
        "payload": json.dumps(vars(event)),
    }


def subscribe(table: dict[type[Event], list[Handler]]) -> None:
    """Take up a feature's `SUBSCRIPTIONS` table."""
    for kind, handlers in table.items():
        known = _subscribers.setdefault(kind, [])
        known.extend(handler for handler in handlers if handler not in known)


def subscribers() -> dict[type[Event], list[Handler]]:
    return _subscribers


def handler_name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


def handler_called(name: str) -> Handler | None:
    for handlers in _subscribers.values():
        for handler in handlers:
            if handler_name(handler) == name:
                return handler
    return None


def happened(row: EventRow) -> Happened | None:
    """The stored event as its dataclass, or `None` for a kind this version does not know."""
    kind = Event.kinds.get(row.name)
    if kind is None:
        return None
    known = {field.name for field in dataclasses.fields(kind)}
    event = kind(**{name: value for name, value in row.payload.items() if name in known})
    return Happened(
        row.id,
        event,
        row.occurred_at,
        row.actor_id,
        row.segment,
        row.organization_id,
        row.unit_id,
        row.space_id,
        row.external,
        row.source,
    )
