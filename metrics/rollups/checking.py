"""Whether a day's rollups are what its facts make: compared without writing."""

from typing import Any

from sqlalchemy import select, union

from community.database import session
from metrics.facts.models import DirtyDay, Fact
from metrics.rollups.building import rows_of
from metrics.rollups.models import Deed, MemberDay, ReplyMade, ThreadOpened

MODELS: tuple[type[Any], ...] = (MemberDay, ReplyMade, Deed, ThreadOpened)


def wrong_on(day: int) -> dict[str, int]:
    """Table → how many of its rows of that day are missing, wrong or too many.

    A day that is going to be made anew is not wrong.
    """
    wrong = {}
    for model, rows in rows_of(day).items():
        made = {tuple(sorted(row.items())) for row in rows}
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
