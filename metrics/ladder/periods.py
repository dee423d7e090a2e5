"""Periods: four whole weeks, Monday to Sunday, known by their first day."""

from collections.abc import Iterable
from datetime import date, timedelta

from community import clock
from community.config import settings
from metrics.facts.days import date_of, day_at, day_number

WEEK, PERIOD = timedelta(weeks=1), timedelta(weeks=4)
# A period is taken for over this much early, lest a transaction at midnight slip between.
MARGIN = timedelta(minutes=1)


def last_day(first: int) -> int:
    return day_number(date_of(first) + PERIOD - timedelta(days=1))


def later(first: int, periods: int) -> int:
    """The period so many periods later; before it, if negative."""
    return day_number(date_of(first) + periods * PERIOD)


def periods_with(day: int) -> list[int]:
    """The four periods that a day belongs to, one for each Sunday that it counts towards."""
    monday = _monday(date_of(day))
    return [day_number(monday - weeks * WEEK) for weeks in range(3, -1, -1)]


def is_over(first: int, *, soon: bool = False) -> bool:
    now = clock.now() + (MARGIN if soon else timedelta())
    return last_day(first) < day_at(now, settings().zone)


def weekly(first: int, last: int) -> list[int]:
    """The periods from one to another, a week apart."""
    weeks = (date_of(last) - date_of(first)) // WEEK
    return [day_number(date_of(first) + week * WEEK) for week in range(weeks + 1)]


def row_by_row(firsts: Iterable[int]) -> list[int]:
    """Those that follow each other without a gap together: one row for each week of the four."""
    return sorted(firsts, key=lambda first: (date_of(first).toordinal() % PERIOD.days, first))


def last_over() -> int:
    """The latest period that is over."""
    today = date_of(day_at(clock.now(), settings().zone))
    return day_number(_monday(today) - PERIOD)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
