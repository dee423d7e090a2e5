"""How many take part, and how evenly."""

from functools import lru_cache

from sqlalchemy import Select, func, select

from community.database import session
from metrics.facts.models import Fact, Kind
from metrics.measures.filters import asked
from metrics.measures.rows import Row
from metrics.measures.sharing import shared
from metrics.questions import Question
from metrics.results import Figure
from metrics.rollups.models import MemberDay
from metrics.statistics.bootstrap import bootstrap_histogram, bootstrap_interval
from metrics.statistics.concentration import (
    absence_factor_of,
    gini_of,
    histogram,
    lorenz_points,
)
from metrics.statistics.counts import poisson_interval
from metrics.statistics.proportions import wilson

SEED = 20110318
CURVE_POINTS = 200

FIGURES = {"gini": gini_of, "absence_factor": absence_factor_of}
# With more people than this their histogram is redrawn and not each of them.
MANY = 500


# How many ------------------------------------------------------------------------


@shared
def count_active(question: Question) -> int:
    people = select(func.count(MemberDay.member_id.distinct()))
    return session.scalar(people.where(*asked(MemberDay, question))) or 0


def count_contributors(question: Question) -> int:
    return len(contributions_by_member(question))


def active_members(question: Question) -> Figure:
    return _count(count_active(question))


def contributors(question: Question) -> Figure:
    return _count(count_contributors(question))


def participation(question: Question) -> Figure:
    part, whole = count_contributors(question), count_active(question)
    if not whole:
        return Figure()
    low, high = wilson(part, whole)
    return Figure(
        value=part / whole, low=low, high=high, n=whole, numerator=part, denominator=whole
    )


def _count(people: int) -> Figure:
    if not people:
        return Figure()
    low, high = poisson_interval(people)
    return Figure(value=people, low=low, high=high, n=people, numerator=people)


# How evenly ----------------------------------------------------------------------


@shared
def contributions_by_member(question: Question) -> tuple[int, ...]:
    """How many each gave, in ascending order."""
    given = func.sum(MemberDay.contributions)
    amounts = (
        select(given)
        .where(*asked(MemberDay, question), MemberDay.contributions > 0)
        .group_by(MemberDay.member_id)
        .order_by(given)
    )
    return tuple(int(amount) for amount in session.scalars(amounts))


def concentration(question: Question) -> Figure:
    return _spread(question, "gini")


def absence(question: Question) -> Figure:
    return _spread(question, "absence_factor")


def _spread(question: Question, name: str) -> Figure:
    amounts = contributions_by_member(question)
    if not amounts:
        return Figure()
    spread = histogram(amounts)
    low, high = _bootstrapped(name, spread)
    points = lorenz_points(amounts)
    every = -(-len(points) // CURVE_POINTS)
    return Figure(
        value=FIGURES[name](spread),
        low=low,
        high=high,
        n=len(amounts),
        detail={
            "contributions": sum(amounts),
            "lorenz": [*points[:-1:every], points[-1]],
            "seed": SEED,
        },
    )


@lru_cache(maxsize=256)
def _bootstrapped(name: str, spread: tuple[tuple[float, int], ...]) -> tuple[float, float]:
    figure = FIGURES[name]
    if sum(number for _, number in spread) > MANY:
        return bootstrap_histogram(spread, figure, seed=SEED)
    people = [amount for amount, number in spread for _ in range(number)]
    return bootstrap_interval(people, lambda drawn: figure(histogram(drawn)), seed=SEED)


# Who -----------------------------------------------------------------------------


def active_rows(question: Question) -> list[Row]:
    return person_rows(_one_act_of_each(question))


def contributor_rows(question: Question) -> list[Row]:
    return person_rows(_one_act_of_each(question).where(MemberDay.contributions > 0))


def _one_act_of_each(question: Question) -> Select[int, int | None]:
    return (
        select(MemberDay.member_id, func.min(MemberDay.first_event_id).label("event_id"))
        .where(*asked(MemberDay, question))
        .group_by(MemberDay.member_id)
    )


def person_rows(acts: Select[int, int | None]) -> list[Row]:
    """One for each `member_id`, with the contribution of its `event_id`, where there is one.

    In the order of threads, which says nothing about who did most.
    """
    act = acts.subquery()
    found = session.execute(
        select(act.c.member_id, Fact.object_kind, Fact.object_id, Fact.thread_id)
        .outerjoin(Fact, Fact.event_id == act.c.event_id)
        .order_by(Fact.thread_id.is_(None), Fact.thread_id, act.c.member_id)
    )
    return [
        Row(
            member_id=member,
            post_id=key if kind == Kind.POST else None,
            thread_id=thread or 0,
        )
        for member, kind, key, thread in found
    ]
