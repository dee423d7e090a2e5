"""Whether a day's rollups are what its facts make: compared without writing."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Select, bindparam, func, select, union_all

from community.database import session
from metrics.facts.models import DirtyDay, Fact
from metrics.rollups.making import MODELS, rows_of


def wrong_on(day: int) -> dict[str, int]:
    """Table → how many of its rows of that day are missing, wrong or too many.

    A day that is going to be made anew is not wrong.
    """
    wrong = {}
    for model in MODELS:
        made = {tuple(sorted(row.items())) for row in rows_of(model, [day])}
        found = session.execute(select(model.__table__).where(model.day == day)).mappings()
        astray = made ^ {tuple(sorted(row.items())) for row in found}
        if astray:
            wrong[model.__tablename__] = len(astray)
    dirty = session.scalar(select(DirtyDay.id).where(DirtyDay.day == day).limit(1))
    session.rollback()
    return {} if dirty else wrong


def days_after(day: int) -> Iterator[int]:
    """The days with facts, or with rollups that may have none, in their order."""
    while following := _next_day(day):
        yield following
        day = following


def _next_day(day: int) -> int | None:
    """By the keys alone: who looks at a few days does not go through all facts for them."""
    found = session.scalar(_first_day_after(), {"day": day})
    session.rollback()
    return found


@cache
def _first_day_after() -> Select[int | None]:
    firsts = [
        select(func.min(one.day).label("day")).where(one.day > bindparam("day"))
        for one in (Fact, *MODELS)
    ]
    return select(func.min(union_all(*firsts).subquery().c.day))
