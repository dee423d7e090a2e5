"""How many reacted, on every subject that keeps the number for its lists."""

from collections.abc import Iterable

from sqlalchemy import func, select

from community.counters import Counter, counted
from community.reactions.models import Reaction
from community.subjects import subject_kinds


@counted
def reactions_on_subjects() -> Iterable[Counter]:
    for kind in subject_kinds().values():
        if hasattr(kind.model, "reaction_count"):
            of_it = (Reaction.subject_kind == kind.name, Reaction.subject_id == kind.model.id)
            rows = select(func.count()).select_from(Reaction).where(*of_it)
            counted_rows = rows.correlate(kind.model).scalar_subquery()
            yield Counter(kind.model.reaction_count, counted_rows)
