"""How many reacted, and what the viewer gave, for a whole page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, select, tuple_

from community.database import session
from community.reactions.models import Reaction, ReactionKind
from community.subjects import subject_ref
from community.viewer import Viewer


@dataclass(frozen=True)
class Tally:
    """Counts by kind, and the kinds the viewer has given."""

    counts: dict[ReactionKind, int]
    given: frozenset[ReactionKind]

    @property
    def shown(self) -> tuple[tuple[str, int], ...]:
        """What everybody sees of it."""
        return tuple(sorted((kind.value, count) for kind, count in self.counts.items()))


NONE = Tally({}, frozenset())

# Built once, for every page of posts.
_COUNTS = (
    select(
        Reaction.subject_kind,
        Reaction.subject_id,
        Reaction.kind,
        func.count(),
        func.sum(case((Reaction.member_id == bindparam("member"), 1), else_=0)),
    )
    .where(
        tuple_(Reaction.subject_kind, Reaction.subject_id).in_(
            bindparam("references", expanding=True)
        )
    )
    .group_by(Reaction.subject_kind, Reaction.subject_id, Reaction.kind)
)


def tallies(subjects: Iterable[Any], viewer: Viewer) -> dict[tuple[str, int], Tally]:
    """By subject reference, in one query whatever the number of subjects."""
    references = [subject_ref(subject) for subject in subjects]
    if not references:
        return {}
    rows = session.execute(_COUNTS, {"references": references, "member": viewer.member_id})
    found: dict[tuple[str, int], Tally] = {}
    for kind, subject_id, reaction, count, own_count in rows:
        known = found.get((kind, subject_id), NONE)
        given = known.given | {reaction} if own_count else known.given
        found[kind, subject_id] = Tally({**known.counts, reaction: count}, frozenset(given))
    return found
