"""How long those who ask have to wait. Those who still wait are counted as waiting."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from community.database import session
from metrics.facts.days import milliseconds
from metrics.facts.models import Boundary
from metrics.measures.filters import threads
from metrics.measures.rows import Row
from metrics.measures.sharing import shared
from metrics.questions import DAY, Question
from metrics.results import Figure
from metrics.rollups.models import ThreadOpened
from metrics.statistics.counts import poisson_interval
from metrics.statistics.survival import Curve, Wait, kaplan_meier

HOUR = timedelta(hours=1) // timedelta(milliseconds=1)
# Ages of the backlog, in hours.
BUCKETS = ((0, DAY), (DAY, 3 * DAY), (3 * DAY, 7 * DAY), (7 * DAY, None))


class Opened(NamedTuple):
    """What is needed of a topic's row; a large community has too many of them for objects."""

    thread_id: int
    topic_id: int
    member_id: int
    opened_at: int
    answered_at: int | None
    two_way_at: int | None
    closed_at: int | None


COLUMNS = [getattr(ThreadOpened, name) for name in Opened._fields]


def needing(question: Question, *also: ColumnElement[bool]) -> list[Opened]:
    """The topics opened in the window that need a response, oldest first."""
    chosen = select(*COLUMNS).where(*threads(question), ThreadOpened.needs_response, *also)
    ordered = chosen.order_by(ThreadOpened.opened_at, ThreadOpened.thread_id)
    return [Opened(*row) for row in session.execute(ordered)]


def still_waiting(question: Question) -> list[Opened]:
    moment = milliseconds(question.as_of)
    answered = ThreadOpened.answered_at
    return needing(question, or_(answered.is_(None), answered > moment))


@shared
def count_needing(question: Question) -> int:
    chosen = select(func.count()).where(*threads(question), ThreadOpened.needs_response)
    return session.scalar(chosen) or 0


@shared
def count_askers(question: Question) -> int:
    people = select(func.count(ThreadOpened.member_id.distinct()))
    return session.scalar(people.where(*threads(question), ThreadOpened.needs_response)) or 0


def wait_of(thread: Opened, question: Question) -> Wait:
    """Hours until the first answer, or so far; nobody waits on once the topic is closed."""
    moment = milliseconds(question.as_of)
    if thread.answered_at is not None and thread.answered_at <= moment:
        return Wait(_hours(thread.opened_at, thread.answered_at), True)
    closed = thread.closed_at is not None and thread.closed_at <= moment
    until = thread.closed_at if closed else moment
    assert until is not None
    return Wait(_hours(thread.opened_at, until), False)


def _hours(since: int, until: int) -> float:
    """None at all where the clock was set back in between."""
    return max(0, until - since) / HOUR


def age_of(thread: Opened, question: Question) -> float:
    """Hours since it was opened, closed or not: closing does not take it off the list."""
    return (milliseconds(question.as_of) - thread.opened_at) / HOUR


@shared
def waiting_curve(question: Question) -> Curve:
    return kaplan_meier(wait_of(thread, question) for thread in needing(question))


def first_response(question: Question) -> Figure:
    curve = waiting_curve(question)
    if not curve.n:
        return Figure()
    median, slow = curve.quantile(0.5), curve.quantile(0.9)
    return Figure(
        value=median.value,
        low=median.low,
        high=median.high,
        n=curve.n,
        detail={
            "answered": curve.ended,
            "waiting": curve.n - curve.ended,
            "p90": slow._asdict(),
            "mean_up_to_72h": curve.mean_up_to(72),
        },
        curve=curve,
        reason="" if median.value is not None else "not_reached",
    )


def answered_within(question: Question) -> Figure:
    curve = waiting_curve(question)
    if not curve.n:
        return Figure()
    share = curve.ended_by(question.within)
    in_time = sum(step.ended for step in curve.steps if step.time <= question.within)
    return Figure(
        value=share.value,
        low=share.low,
        high=share.high,
        n=curve.n,
        numerator=in_time,
        denominator=curve.n,
        detail={
            "within_hours": question.within,
            "too_young": sum(time < question.within for time in curve.times) - in_time,
        },
        reason="" if curve.reaches(question.within) else "too_young",
    )


def unanswered(question: Question) -> Figure:
    asked = count_needing(question)
    if not asked:
        return Figure()
    ages = [age_of(thread, question) for thread in still_waiting(question)]
    low, high = poisson_interval(len(ages))
    return Figure(
        value=len(ages),
        low=low,
        high=high,
        n=asked,
        numerator=len(ages),
        denominator=asked,
        detail={"ages": [_bucket(ages, *ends) for ends in BUCKETS]},
    )


def _bucket(ages: list[float], youngest: int, oldest: int | None) -> dict[str, int | None]:
    inside = [age for age in ages if age >= youngest and (oldest is None or age < oldest)]
    return {"from_hours": youngest, "to_hours": oldest, "count": len(inside)}


# Both ways -----------------------------------------------------------------------


@shared
def two_sided_threads(question: Question) -> list[Opened]:
    """External topics in which somebody who is not an employee has written."""
    written = ThreadOpened.customer_at <= milliseconds(question.as_of)
    outside = ThreadOpened.boundary == int(Boundary.EXTERNAL)
    chosen = select(*COLUMNS).where(*threads(question), outside, written)
    return [Opened(*row) for row in session.execute(chosen.order_by(ThreadOpened.thread_id))]


def count_openers(question: Question) -> int:
    return len({thread.member_id for thread in two_sided_threads(question)})


def went_both_ways(thread: Opened, question: Question) -> bool:
    return thread.two_way_at is not None and thread.two_way_at <= milliseconds(question.as_of)


# Rows ----------------------------------------------------------------------------


def needing_rows(question: Question) -> list[Row]:
    return [_row(thread) for thread in needing(question)]


def in_time_rows(question: Question) -> list[Row]:
    waits = ((thread, wait_of(thread, question)) for thread in needing(question))
    return [_row(thread) for thread, wait in waits if wait.ended and wait.time <= question.within]


def unanswered_rows(question: Question) -> list[Row]:
    return [_row(thread) for thread in still_waiting(question)]


def two_way_rows(question: Question) -> list[Row]:
    found = two_sided_threads(question)
    return [_row(thread) for thread in found if went_both_ways(thread, question)]


def _row(thread: Opened) -> Row:
    return Row(topic_id=thread.topic_id, thread_id=thread.thread_id)
