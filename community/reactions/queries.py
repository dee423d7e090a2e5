"""How many reacted, and what the viewer gave, for a whole page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from community.keeping.alike import ask
from community.keeping.statements import among
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


def tallies(subjects: Iterable[Any], viewer: Viewer) -> dict[tuple[str, int], Tally]:
    """By subject reference, in one query whatever the number of subjects."""
    references = [subject_ref(subject) for subject in subjects]
    if not references:
        return {}
    kinds, keys = sorted({kind for kind, _key in references}), [key for _kind, key in references]
    found: dict[tuple[str, int], Tally] = {}
    for kind, subject_id, word, count, own_count in ask(
        viewer, "tallies", _counts, kinds=kinds, keys=keys
    ):
        known, reaction = found.get((kind, subject_id), NONE), ReactionKind(word)
        given = known.given | {reaction} if own_count else known.given
        found[kind, subject_id] = Tally({**known.counts, reaction: count}, frozenset(given))
    return found


def _counts(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Of subjects of these `kinds` with these `keys`; how many of them are the viewer's own."""
    return (
        select(
            Reaction.subject_kind,
            Reaction.subject_id,
            Reaction.kind,
            func.count(),
            func.sum(case((Reaction.member_id == viewer.member_id, 1), else_=0)),
        )
        .where(among(Reaction.subject_kind, "kinds"), among(Reaction.subject_id, "keys"))
        .group_by(Reaction.subject_kind, Reaction.subject_id, Reaction.kind)
    )
