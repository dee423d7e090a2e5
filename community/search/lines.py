"""Results as lines of the search page: what it shows of their rows, and nothing else is read.

All that is asked of the database for a page is one statement, in which each kind has its part.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, false, literal, null, select, true, union_all

from community.keeping.alike import ask
from community.keeping.statements import among
from community.members.models import Profile
from community.policy import visible
from community.search.documents import Key
from community.search.engine import Hit
from community.search.sources import found_kinds
from community.spaces.models import Space
from community.viewer import Viewer


class Line(NamedTuple):
    """A hit whose row this viewer can read; a person has no author, and stands in no space."""

    hit: Hit
    place: int
    label: str
    space: str | None
    author: str | None


def lines_of(hits: Sequence[Hit], viewer: Viewer, *, first: int) -> list[Line]:
    """The hits whose rows the viewer can read at this moment; `first` is the first one's place."""
    rows = _rows(hits, viewer)
    kinds = found_kinds()
    labels = {kind: kinds[kind].label() for kind in {kind for kind, _id in rows}}
    return [
        Line(hit, place, labels[hit.kind], *row)
        for place, hit in enumerate(hits, start=first)
        if (row := rows.get(hit.key))
    ]


def _rows(hits: Sequence[Hit], viewer: Viewer) -> dict[Key, tuple[str | None, str | None]]:
    known = found_kinds()
    ids: dict[str, list[int]] = {}
    for hit in hits:
        if hit.kind in known:
            ids.setdefault(hit.kind, []).append(hit.id)
    if not ids:
        return {}
    kinds = tuple(sorted(ids))
    given = {_ids_of(kind): ids[kind] for kind in kinds}
    nobody = _("Former member")
    return {
        (kind, key): (space, (author or nobody) if is_written else None)
        for kind, key, space, author, is_written in ask(
            viewer, f"lines of {kinds}", partial(_lines_of, kinds), **given
        )
    }


def _lines_of(kinds: Sequence[str], viewer: Viewer) -> Select[*tuple[Any, ...]]:
    parts = [_of_kind(kind, viewer) for kind in kinds]
    return select(union_all(*parts).subquery()) if len(parts) > 1 else parts[0]


def _of_kind(kind: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """The name of the space and of the author, where rows of this kind have them."""
    known = found_kinds()[kind]
    model, space_id = known.model, known.space_id(known.model)
    author_id = getattr(model, "author_id", None)
    lines = select(
        literal(kind).label("kind"),
        model.id,
        (null() if space_id is None else Space.name).label("space"),
        (null() if author_id is None else Profile.name).label("author"),
        (false() if author_id is None else true()).label("is_written"),
    ).select_from(model)
    if space_id is not None:
        lines = lines.outerjoin(Space, Space.id == space_id)
    if author_id is not None:
        lines = lines.outerjoin(Profile, Profile.member_id == author_id)
    return lines.where(among(model.id, _ids_of(kind)), visible(model, viewer))


def _ids_of(kind: str) -> str:
    """What the statement calls them: `member` is the one who asks."""
    return f"ids_of_{kind}"
