"""Loading what was found through the viewer once more, with what a list shows of it.

The index may lag a moment behind the database. So a hit is shown only if its row can be read now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import NotFound
from community.policy import find_visible, may_see
from community.search.documents import Key
from community.search.engine import Hit
from community.search.sources import found_kinds
from community.subjects import subjects_at
from community.viewer import Viewer


@dataclass(frozen=True)
class Shown:
    """A hit whose row this viewer can read."""

    hit: Hit
    row: Any
    url: str
    label: str


def readable_now(hits: Sequence[Hit], viewer: Viewer) -> list[Shown]:
    """The hits whose rows the viewer can read at this moment."""
    kinds, rows = found_kinds(), _rows(hits, viewer)
    # Held while addresses are made, so that those of posts ask the database for no owner.
    owners = _owners(rows)
    shown = [
        Shown(hit, row, url=kinds[hit.kind].url(row), label=kinds[hit.kind].label())
        for hit in hits
        if (row := rows.get(hit.key)) is not None
    ]
    del owners
    return shown


def find_result(kind: str, public_id: str, viewer: Viewer) -> tuple[Any, str]:
    """The row of a result and its address, or `NotFound`, the same for absent and unseen."""
    known = found_kinds().get(kind)
    if known is None:
        raise NotFound
    row = find_visible(known.model, public_id, viewer)
    return row, known.url(row)


def _rows(hits: Iterable[Hit], viewer: Viewer) -> dict[Key, Any]:
    ids: dict[str, list[int]] = {}
    for hit in hits:
        ids.setdefault(hit.kind, []).append(hit.id)
    known = found_kinds()
    rows: dict[Key, Any] = {}
    for kind in ids.keys() & known.keys():
        found = session.scalars(_by_ids(known[kind].model), {"ids": ids[kind]})
        rows |= {(kind, row.id): row for row in found if may_see(viewer, row)}
    return rows


@cache
def _by_ids(model: type[Any]) -> Select[Any]:
    """Rows with what is shown of them, and what it takes to say who may see them."""
    loaded = [
        joinedload(getattr(model, name))
        for name in ("author", "thread")
        if name in inspect(model).relationships
    ]
    return select(model).where(model.id.in_(bindparam("ids", expanding=True))).options(*loaded)


def _owners(rows: dict[Key, Any]) -> dict[Key, Any]:
    """What the posts among the rows belong to."""
    threads = [row.thread for (kind, _), row in rows.items() if kind == "post"]
    return subjects_at((thread.subject_kind, thread.subject_id) for thread in threads)
