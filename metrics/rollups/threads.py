"""What came of each topic: who answered first, and whether the talk went both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, select

from community.database import session
from metrics.facts.models import Boundary, Fact, Side, Verb
from metrics.facts.recording import NO_ANSWER_EXPECTED
from metrics.rollups.survival import survives

# Customer, staff, customer: a conversation has changed sides at least so often.
SWITCHES = 2


@dataclass(frozen=True)
class Turn:
    """A surviving post of a thread."""

    thread_id: int
    at: int
    member_id: int
    segment: int

    @property
    def by_staff(self) -> bool:
        return self.segment == Side.EMPLOYEE


def threads_opened_on(day: int) -> list[dict[str, Any]]:
    """The rows of the topics opened on that day, from all that happened in them since."""
    openings = session.scalars(
        select(Fact)
        .where(Fact.day == day, Fact.verb == Verb.OPENED, survives(Fact))
        .order_by(Fact.thread_id)
    ).all()
    turns, places, closings = _turns(day), _places(day), _closings(day)
    return [
        _row(
            opening,
            places.get(opening.thread_id, (opening.space_id, opening.boundary)),
            turns.get(opening.thread_id, []),
        )
        | {"closed_at": closings.get(opening.thread_id)}
        for opening in openings
    ]


def _opened_on(day: int) -> Select[int]:
    return select(Fact.thread_id).where(Fact.day == day, Fact.verb == Verb.OPENED)


def _places(day: int) -> dict[int, tuple[int, int]]:
    """Space and boundary of the topics that were moved since; what was done there stays there."""
    moves = session.execute(
        select(Fact.thread_id, Fact.space_id, Fact.boundary)
        .where(Fact.thread_id.in_(_opened_on(day)), Fact.verb == Verb.MOVED)
        .order_by(Fact.at, Fact.event_id)
    )
    return {thread: (space, boundary) for thread, space, boundary in moves}


def _closings(day: int) -> dict[int, int | None]:
    """When the topics that are closed were closed, those open again as None."""
    changes = session.execute(
        select(Fact.thread_id, Fact.verb, Fact.at)
        .where(Fact.thread_id.in_(_opened_on(day)), Fact.verb.in_((Verb.CLOSED, Verb.REOPENED)))
        .order_by(Fact.at, Fact.event_id)
    )
    return {thread: at if verb == Verb.CLOSED else None for thread, verb, at in changes}


def _turns(day: int) -> dict[int, list[Turn]]:
    opened = _opened_on(day)
    posts = session.execute(
        select(Fact.thread_id, Fact.at, Fact.member_id, Fact.segment)
        .where(Fact.thread_id.in_(opened), Fact.verb.in_((Verb.TOPIC, Verb.POST)), survives(Fact))
        .order_by(Fact.thread_id, Fact.at, Fact.event_id)
    )
    by_thread = groupby((Turn(*post) for post in posts), key=attrgetter("thread_id"))
    return {thread: list(turns) for thread, turns in by_thread}


def _row(opening: Fact, place: tuple[int, int], turns: list[Turn]) -> dict[str, Any]:
    space, boundary = place
    external = boundary == Boundary.EXTERNAL
    broadcast = external and opening.segment == Side.EMPLOYEE
    answers = [turn for turn in turns if turn.member_id != opening.member_id]
    return {
        "thread_id": opening.thread_id,
        "topic_id": opening.object_id,
        "day": opening.day,
        "opened_at": opening.at,
        "member_id": opening.member_id,
        "segment": opening.segment,
        "space_id": space,
        "boundary": boundary,
        "needs_response": not broadcast and opening.detail != NO_ANSWER_EXPECTED,
        "broadcast": broadcast,
        "answered_at": _first(answers),
        "staff_answered_at": _first(turn for turn in answers if turn.by_staff),
        "customer_at": _first(turn for turn in turns if not turn.by_staff),
        "two_way_at": _two_way_at(turns),
    }


def _first(turns: Iterable[Turn]) -> int | None:
    return next((turn.at for turn in turns), None)


def _two_way_at(turns: list[Turn]) -> int | None:
    """When the thread had gone from one side to the other and back."""
    sides = [next(turns_of_side).at for _, turns_of_side in groupby(turns, attrgetter("by_staff"))]
    return sides[SWITCHES] if len(sides) > SWITCHES else None
