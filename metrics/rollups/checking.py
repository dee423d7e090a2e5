"""Whether a day's rollups are what its facts make: compared without writing."""

from sqlalchemy import select, union

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


def days_after(day: int) -> list[int]:
    """The days with facts, or with rollups that may have none, in their order."""
    days = union(*(select(one.day).where(one.day > day) for one in (Fact, *MODELS)))
    found = sorted(session.scalars(days))
    session.rollback()
    return found
