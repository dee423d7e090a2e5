"""Which level holds: the more specific choice wins, subject before tag before space."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, bindparam, or_, select

from community.database import session
from community.tagging.models import Tagging
from community.watching.models import Watch, WatchLevel

ORDER = list(WatchLevel)

References = Sequence[Sequence[tuple[str, int]]]

# Built once, for every page that can be watched.
_TAGS = select(Tagging.tag_id).where(
    Tagging.subject_kind == bindparam("kind"), Tagging.subject_id == bindparam("subject")
)


def references_of(kind: str, subject_id: int, space_id: int | None) -> References:
    """Where a choice for this subject may stand, the most specific first."""
    tags = session.scalars(_TAGS, {"kind": kind, "subject": subject_id})
    space = [("space", space_id)] if space_id else []
    return [[(kind, subject_id)], [("tag", tag) for tag in tags], space]


def levels_of_all(references: References) -> Mapping[int, WatchLevel]:
    """Member → level, for everyone who chose something that touches the subject."""
    flat = [reference for rank in references for reference in rank]
    rows = session.execute(
        select(Watch.member_id, Watch.subject_kind, Watch.subject_id, Watch.level).where(
            or_(*[_is(kind, key) for kind, key in flat])
        )
    )
    chosen: dict[int, dict[tuple[str, int], WatchLevel]] = {}
    for member_id, kind, key, level in rows:
        chosen.setdefault(member_id, {})[kind, key] = level
    return {member: decide(references, levels) for member, levels in chosen.items()}


def has_chosen(kind: str, key: int, member_id: int | None) -> bool:
    return (
        session.scalar(select(Watch.level).where(Watch.member_id == member_id, _is(kind, key)))
        is not None
    )


def decide(references: References, chosen: Mapping[tuple[str, int], WatchLevel]) -> WatchLevel:
    """The level at the first rank that has one; among tags the strongest wish."""
    for rank in references:
        here = [chosen[reference] for reference in rank if reference in chosen]
        if here:
            return strongest(here)
    return WatchLevel.NORMAL


def strongest(levels: Iterable[WatchLevel]) -> WatchLevel:
    return max(levels, key=ORDER.index)


def _is(kind: str, key: int):
    return and_(Watch.subject_kind == kind, Watch.subject_id == key)
