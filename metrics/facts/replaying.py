"""Facts from the stored events, for what the worker has not handed over yet, or ever."""

from sqlalchemy import Select, select

from community.database import session, write_transaction
from community.events import EventRow, happened
from metrics.facts.models import Fact
from metrics.facts.recipes import RECIPES
from metrics.facts.recording import record

BATCH = 500


def record_waiting() -> int:
    """Record what the worker has not got to; it will find it done."""
    return _record(_with_recipe().where(EventRow.dispatched_at.is_(None)))


def record_missing() -> int:
    """Record every event that has a recipe and no fact, however old."""
    known = select(Fact.event_id).where(Fact.event_id == EventRow.id)
    return _record(_with_recipe().where(~known.exists()))


def _with_recipe() -> Select[EventRow]:
    return select(EventRow).where(EventRow.name.in_(RECIPES)).order_by(EventRow.id).limit(BATCH)


def _record(wanted: Select[EventRow]) -> int:
    """Go through the events by id, a short transaction at a time."""
    count, last = 0, 0
    while rows := session.scalars(wanted.where(EventRow.id > last)).all():
        told = [one for row in rows if (one := happened(row))]
        last = rows[-1].id
        with write_transaction():
            for one in told:
                record(one)
        count += len(told)
    session.rollback()
    return count
