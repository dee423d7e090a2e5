"""What each member did in a period, from the rollups of its days."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, select

from community.database import session, write_transaction
from metrics.ladder.models import Evidence, LadderPeriod
from metrics.ladder.periods import last_day
from metrics.ladder.rules import CLOSED_CIRCLE, Conduct, rung_of
from metrics.ladder.writing import replace_rows
from metrics.rollups.models import Deed, DeedKind, MemberDay, ReplyMade

Deeds = dict[tuple[int, int], tuple[int, int]]


class Presence(NamedTuple):
    """On how many days a member was active, and the segment they had on the last of them."""

    days: int
    segment: int
    event_id: int | None


class Talk(NamedTuple):
    answered: int
    exchanged: bool
    closed_circle: bool


SILENCE = Talk(0, False, False)


def build_evidence(first: int) -> None:
    """Delete the period's rows and insert them from its days, in one transaction."""
    with write_transaction():
        replace_rows(Evidence, first, evidence_of(first))
        if session.get(LadderPeriod, first) is None:
            session.add(LadderPeriod(first=first))


def evidence_of(first: int) -> list[dict[str, Any]]:
    days = (first, last_day(first))
    presences, deeds, talks = _presences(days), _deeds(days), _talks(_arcs(days))
    validated = {member for member, kind in deeds if kind == DeedKind.OUTCOME}
    return [
        {
            "first": first,
            "member_id": member,
            "segment": presences[member].segment if member in presences else 0,
            "rung": rung_of(_conduct(member, presences, deeds, talks)),
            "validated": member in validated,
            "event_id": presences[member].event_id if member in presences else None,
        }
        for member in sorted(presences.keys() | validated)
    ]


def _conduct(
    member: int, presences: dict[int, Presence], deeds: Deeds, talks: dict[int, Talk]
) -> Conduct:
    talk = talks.get(member, SILENCE)
    nothing = (0, 0)
    return Conduct(
        active_days=presences[member].days if member in presences else 0,
        sense_making=deeds.get((member, DeedKind.SENSE), nothing)[0],
        originals=deeds.get((member, DeedKind.ORIGINAL), nothing)[0],
        nodded_at=deeds.get((member, DeedKind.NOD), nothing)[1],
        answered=talk.answered,
        exchanged=talk.exchanged,
        closed_circle=talk.closed_circle,
    )


def _presences(days: tuple[int, int]) -> dict[int, Presence]:
    found = session.execute(
        select(
            MemberDay.member_id,
            func.count(MemberDay.day.distinct()),
            # The day before the segment: the greatest is the segment of the last day.
            func.max(MemberDay.day * 10 + MemberDay.segment),
            func.min(MemberDay.first_event_id),
        )
        .where(MemberDay.day.between(*days))
        .group_by(MemberDay.member_id)
    )
    return {member: Presence(count, last % 10, event) for member, count, last, event in found}


def _deeds(days: tuple[int, int]) -> Deeds:
    """How many of a kind, and with how many different counterparts."""
    found = session.execute(
        select(Deed.member_id, Deed.kind, func.count(), func.count(Deed.counterpart.distinct()))
        .where(Deed.day.between(*days))
        .group_by(Deed.member_id, Deed.kind)
    )
    return {(member, kind): (count, distinct) for member, kind, count, distinct in found}


def _arcs(days: tuple[int, int]) -> set[tuple[int, int]]:
    pairs = select(ReplyMade.member_id, ReplyMade.to_member_id).distinct()
    found = session.execute(pairs.where(ReplyMade.day.between(*days)))
    return {(author, addressed) for author, addressed in found}


def _talks(arcs: set[tuple[int, int]]) -> dict[int, Talk]:
    answered: dict[int, set[int]] = defaultdict(set)
    for author, addressed in arcs:
        answered[author].add(addressed)
    closed = _closed_circles(arcs)
    return {
        member: Talk(
            len(others),
            any((other, member) in arcs for other in others),
            member in closed,
        )
        for member, others in answered.items()
    }


def _closed_circles(arcs: Iterable[tuple[int, int]]) -> set[int]:
    """Who talks within at most three, while others talk in a larger circle."""
    circle_of: dict[int, list[int]] = {}
    for pair in arcs:
        ours, theirs = (circle_of.setdefault(member, [member]) for member in pair)
        if ours is not theirs:
            smaller, larger = sorted((ours, theirs), key=len)
            larger += smaller
            circle_of.update(dict.fromkeys(smaller, larger))
    largest = max(map(len, circle_of.values()), default=0)
    if largest <= CLOSED_CIRCLE:
        return set()
    return {member for member, circle in circle_of.items() if len(circle) <= CLOSED_CIRCLE}
