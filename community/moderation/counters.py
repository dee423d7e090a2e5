"""How many flagged what a case is about."""

from collections.abc import Iterable

from sqlalchemy import func, select

from community.counters import Counter, counted
from community.moderation.models import Case, Flag


@counted
def flags_of_cases() -> Iterable[Counter]:
    flags = select(func.count()).select_from(Flag).where(Flag.case_id == Case.id)
    yield Counter(Case.flag_count, flags.correlate(Case).scalar_subquery())
