"""What else than writing and reading places a member on the ladder: one row a day for each."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
)

from metrics.facts.models import Fact, Side, Verb
from metrics.rollups.models import DeedKind
from metrics.rollups.survival import stands, survives

SENSE_MAKING = (Verb.SEARCH_CLICK, Verb.WATCH, Verb.BOOKMARK, Verb.TAGGING)
ORIGINALS = (Verb.TOPIC, Verb.IDEA, Verb.ARTICLE, Verb.PAGE)
NODS = (Verb.VOTE, Verb.REACTION)
OUTCOMES = (Verb.ACCEPTANCE, Verb.OUTCOME)


def deeds(on: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """At most one of a kind for each member, day and counterpart: a thing, or another person."""
    key = (Fact.day, _member(), _kind(), _counterpart())
    return (
        select(*key, func.min(Fact.event_id).label("event_id")).where(on, _counts()).group_by(*key)
    )


def _kind() -> Any:
    return case(
        (Fact.verb.in_(SENSE_MAKING), int(DeedKind.SENSE)),
        (Fact.verb.in_(ORIGINALS), int(DeedKind.ORIGINAL)),
        (Fact.verb.in_(NODS), int(DeedKind.NOD)),
        else_=int(DeedKind.OUTCOME),
    ).label("kind")


def _member() -> Any:
    """An outcome is the deed of whose work it was."""
    return case((Fact.verb.in_(OUTCOMES), Fact.to_member_id), else_=Fact.member_id).label(
        "member_id"
    )


def _counterpart() -> Any:
    thing = cast(Fact.object_id, BigInteger) * 10 + Fact.object_kind
    return case(
        (Fact.verb.in_(NODS), cast(Fact.to_member_id, BigInteger)),
        (Fact.verb.in_(OUTCOMES), cast(Fact.member_id, BigInteger)),
        else_=thing,
    ).label("counterpart")


def _counts() -> Any:
    """By cases, or PostgreSQL looks through all facts there are for those of these verbs."""
    return case(
        (Fact.verb.in_(SENSE_MAKING), true()),
        (Fact.verb.in_(ORIGINALS), survives(Fact)),
        (Fact.verb.in_((*NODS, *OUTCOMES)), _word()),
        else_=false(),
    )


def _word() -> Any:
    """About another person's work; of an idea only an employee's word is one."""
    return and_(
        Fact.to_segment != int(Side.NOBODY),
        Fact.to_member_id != Fact.member_id,
        or_(Fact.verb != Verb.OUTCOME, Fact.segment == int(Side.EMPLOYEE)),
        stands(Fact),
    )
