"""How many reacted, and what the viewer gave, for a whole page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, case, cast, func, select

from community.keeping.alike import ask
from community.keeping.statements import among
from community.reactions.models import Reaction, ReactionKind
from community.subjects import subject_ref
from community.viewer import Viewer

MOST_NAMED = 50

Givers = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Tally:
    """Counts by kind, the kinds the viewer has given, and who gave each: nobody is named where one
    kind has more than `MOST_NAMED`.
    """

    counts: dict[ReactionKind, int]
    given: frozenset[ReactionKind]
    givers: Givers | None = ()

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
    for kind, subject_id, word, count, own_count, named in ask(
        viewer, "tallies", _counts, kinds=kinds, keys=keys
    ):
        known, reaction = found.get((kind, subject_id), NONE), ReactionKind(word)
        given = known.given | {reaction} if own_count else known.given
        givers = _with(known.givers, word, named)
        counts = {**known.counts, reaction: count}
        found[kind, subject_id] = Tally(counts, frozenset(given), givers)
    return found


def _with(givers: Givers | None, kind: str, named: str | None) -> Givers | None:
    if givers is None or named is None:
        return None
    members = sorted(int(member) for member in named.split(","))
    return tuple(sorted([*givers, (kind, tuple(members))]))


def _counts(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Of subjects of these `kinds` with these `keys`; how many of them are the viewer's own, and
    whose they are.
    """
    whose = func.aggregate_strings(cast(Reaction.member_id, String), ",")
    return (
        select(
            Reaction.subject_kind,
            Reaction.subject_id,
            Reaction.kind,
            func.count(),
            func.sum(case((Reaction.member_id == viewer.member_id, 1), else_=0)),
            case((func.count() <= MOST_NAMED, whose)),
        )
        .where(among(Reaction.subject_kind, "kinds"), among(Reaction.subject_id, "keys"))
        .group_by(Reaction.subject_kind, Reaction.subject_id, Reaction.kind)
    )
