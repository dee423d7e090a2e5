"""Whether a contribution survived: it was still there a week after it was made."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from metrics.facts.models import Fact, Verb

GRACE = timedelta(days=7) // timedelta(milliseconds=1)


def survives(made: type[Fact]) -> ColumnElement[bool]:
    """Not withdrawn within a week, unless it came back within that week."""
    gone, back = aliased(Fact), aliased(Fact)
    later = or_(back.at > gone.at, and_(back.at == gone.at, back.event_id > gone.event_id))
    came_back = exists().where(
        _same_object(back, made), back.verb == Verb.RESTORED, later, back.at <= made.at + GRACE
    )
    withdrawn = exists().where(
        _same_object(gone, made),
        gone.verb == Verb.WITHDRAWN,
        gone.at <= made.at + GRACE,
        ~came_back,
    )
    return ~withdrawn


def _same_object(one: type[Fact], other: type[Fact]) -> ColumnElement[bool]:
    return and_(one.object_kind == other.object_kind, one.object_id == other.object_id)
