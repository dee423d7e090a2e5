"""Turning an event into a fact, once."""

from typing import Any

from sqlalchemy import select

from community import clock
from community.config import settings
from community.database import session
from community.events import Happened
from community.forum.models import Topic
from community.members.models import Member, Segment
from community.sending import insert_once
from community.subjects import subject_at
from metrics.facts.days import day_at, milliseconds
from metrics.facts.models import (
    CONTRIBUTIONS,
    WORDS,
    Boundary,
    DirtyDay,
    Fact,
    Kind,
    Side,
    Verb,
)
from metrics.facts.recipes import SUBJECT_KINDS, Recipe, known_recipes

SIDES = {
    Segment.EMPLOYEE: Side.EMPLOYEE,
    Segment.CUSTOMER: Side.CUSTOMER,
    Segment.PARTNER: Side.PARTNER,
    Segment.PUBLIC: Side.PUBLIC,
}
NO_ANSWER_EXPECTED = 1


def record(happened: Happened) -> None:
    """Write the fact of one event and mark the days it changes; a second time changes nothing."""
    fact = fact_of(happened)
    if fact and insert_once(Fact, **fact):
        for day in _days_changed_by(fact):
            mark_dirty(day)


def mark_dirty(day: int) -> None:
    session.add(DirtyDay(day=day, marked_at=milliseconds(clock.now())))


def fact_of(happened: Happened) -> dict[str, int] | None:
    """The fact's columns; None for what bots and nobody did, and for private conversations."""
    event = happened.event
    recipe = known_recipes()[type(event)]
    segment = SIDES.get(Segment(happened.segment)) if happened.segment else None
    if happened.actor_id is None or segment is None or not _counts(event, recipe):
        return None
    kind = _kind_of(event) if recipe.kind is None else recipe.kind
    key = getattr(event, recipe.object_field)
    addressed = _addressed(event, recipe, key)
    return {
        "day": day_at(happened.at, settings().zone),
        "event_id": happened.id,
        "at": milliseconds(happened.at),
        "verb": Verb.TOPIC if getattr(event, "opening", False) else recipe.verb,
        "member_id": happened.actor_id,
        "segment": segment,
        "organization_id": happened.organization_id or 0,
        "unit_id": happened.unit_id or 0,
        "space_id": happened.space_id or 0,
        "boundary": Boundary.UNKNOWN if happened.external is None else int(happened.external),
        "object_kind": kind,
        "object_id": key,
        "thread_id": getattr(event, "thread_id", None) or _thread_of(kind, key),
        "to_member_id": addressed,
        "to_segment": _segment_of(addressed),
        "detail": recipe.undoes or _detail(event),
    }


def _counts(event: Any, recipe: Recipe) -> bool:
    field, refused = recipe.unless
    if getattr(event, field, None) in refused:
        return False
    if recipe.only and getattr(event, recipe.only[0]) not in recipe.only[1]:
        return False
    public = getattr(event, "subject_kind", "post") in SUBJECT_KINDS
    return public or recipe.verb not in (Verb.POST, Verb.READ)


def _kind_of(event: Any) -> Kind:
    return SUBJECT_KINDS.get(event.subject_kind, Kind.NONE)


def _thread_of(kind: Kind, key: int) -> int:
    """A topic's thread, for events that name the topic alone."""
    topic = session.get(Topic, key) if kind == Kind.TOPIC else None
    return (topic and topic.thread_id) or 0


def _addressed(event: Any, recipe: Recipe, key: int) -> int:
    """Who is answered, or whose work a vote or a status is about; an author stays the same."""
    named = getattr(event, "to_member_id", None)
    if named or recipe.verb not in (Verb.VOTE, Verb.OUTCOME):
        return named or 0
    idea = None if hasattr(event, "author_id") else subject_at("idea", key)
    return getattr(event, "author_id", None) or (idea.author_id if idea else 0)


def _segment_of(member_id: int) -> Side:
    """The segment of whoever is addressed, at the moment the event is recorded."""
    member = session.get(Member, member_id) if member_id else None
    return SIDES.get(member.segment, Side.NOBODY) if member else Side.NOBODY


def _detail(event: Any) -> int:
    return NO_ANSWER_EXPECTED if getattr(event, "kind", None) == "announcement" else 0


def _days_changed_by(fact: dict[str, int]) -> set[int]:
    """Its own, the one its thread was opened on, those on which what it withdraws was made."""
    days = {fact["day"]}
    if fact["verb"] == Verb.READ:
        return days
    thread, verbs = Fact.thread_id == fact["thread_id"], (Verb.OPENED,)
    same = (Fact.object_kind == fact["object_kind"], Fact.object_id == fact["object_id"])
    if fact["verb"] in (Verb.WITHDRAWN, Verb.RESTORED):
        verbs = (Verb.OPENED, *CONTRIBUTIONS, *WORDS)
        days.update(session.scalars(select(Fact.day).where(*same, Fact.verb.in_(verbs))))
    elif fact["verb"] == Verb.UNDONE:
        days.update(session.scalars(select(Fact.day).where(*same, Fact.verb == fact["detail"])))
    if fact["thread_id"]:
        days.update(session.scalars(select(Fact.day).where(thread, Fact.verb.in_(verbs))))
    return days
