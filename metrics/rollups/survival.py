"""Whether a contribution survived: it was still there a week after it was made."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from metrics.facts.models import Fact, Kind, Verb

GRACE = timedelta(days=7) // timedelta(milliseconds=1)


def survives(made: type[Fact]) -> ColumnElement[bool]:
    """Neither it nor its topic was withdrawn within a week, unless it came back in that week."""
    return and_(~_withdrawn(made, _the_thing), ~_withdrawn(made, _its_topic))


def stands(said: type[Fact]) -> ColumnElement[bool]:
    """A vote, reaction, acceptance or status that was not taken back within a week.

    A vote or a reaction is taken back by who gave it, the others by anybody who may.
    """
    taken = aliased(Fact)
    later = or_(taken.at > said.at, and_(taken.at == said.at, taken.event_id > said.event_id))
    theirs = or_(said.verb.in_((Verb.ACCEPTANCE, Verb.OUTCOME)), taken.member_id == said.member_id)
    undone = (
        exists()
        .where(_the_thing(taken, said), taken.verb == Verb.UNDONE, taken.detail == said.verb)
        .where(theirs, later, taken.at <= said.at + GRACE)
        .correlate(said)
    )
    return and_(~undone, survives(said))


def _withdrawn(made: type[Fact], same) -> ColumnElement[bool]:
    gone, back = aliased(Fact), aliased(Fact)
    later = or_(back.at > gone.at, and_(back.at == gone.at, back.event_id > gone.event_id))
    came_back = (
        exists()
        .where(same(back, made), back.verb == Verb.RESTORED, later, back.at <= made.at + GRACE)
        .correlate(gone, made)
    )
    return (
        exists()
        .where(same(gone, made), gone.verb == Verb.WITHDRAWN, gone.at <= made.at + GRACE)
        .where(~came_back)
        .correlate(made)
    )


def _the_thing(one: type[Fact], made: type[Fact]) -> ColumnElement[bool]:
    return and_(one.object_kind == made.object_kind, one.object_id == made.object_id)


def _its_topic(one: type[Fact], made: type[Fact]) -> ColumnElement[bool]:
    """A topic is withdrawn with all its posts."""
    return and_(
        one.thread_id == made.thread_id, made.thread_id != 0, one.object_kind == int(Kind.TOPIC)
    )
