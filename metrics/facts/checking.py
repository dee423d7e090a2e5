"""Whether every event has its fact: looked at a stretch of events at a time."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from community import clock
from community.database import session, write_transaction
from community.events import EventRow, Happened, happened
from metrics.facts.models import Fact
from metrics.facts.recipes import RECIPES
from metrics.facts.recording import fact_of, record

STRETCH = 5_000
# What was handed out later may still be on its way to its fact, failing and tried again.
SETTLED_AFTER = timedelta(minutes=10)


def without_fact(after: int, *, settled: datetime | None = None) -> list[Happened]:
    """The events of the stretch behind `after` that should be facts and are none."""
    known = select(Fact.event_id).where(Fact.event_id == EventRow.id)
    rows = session.scalars(
        select(EventRow)
        .where(
            EventRow.id.between(after + 1, after + STRETCH),
            EventRow.name.in_(RECIPES),
            EventRow.dispatched_at < (settled or clock.now() - SETTLED_AFTER),
            ~known.exists(),
        )
        .order_by(EventRow.id)
    ).all()
    told = [one for row in rows if (one := happened(row))]
    missing = [one for one in told if fact_of(one)]
    session.rollback()
    return missing


def next_stretch(after: int) -> int | None:
    """Where the stretch after this one begins, if there is one."""
    last = session.scalar(select(func.max(EventRow.id))) or 0
    session.rollback()
    return after + STRETCH if after + STRETCH < last else None


def all_without_fact() -> list[Happened]:
    missing: list[Happened] = []
    after: int | None = 0
    while after is not None:
        missing += without_fact(after)
        after = next_stretch(after)
    return missing


def make_up_for(missing: list[Happened]) -> None:
    for one in missing:
        with write_transaction():
            record(one)
