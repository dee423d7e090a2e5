"""Asking the index for a viewer, and loading what it found through the viewer once more.

The index may lag a moment behind the database. So what it finds is shown only if its row can be
read now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import Busy, Invalid
from community.policy import visible
from community.search import generations
from community.search.documents import Key
from community.search.engine import Engine, Hit, Results, Scope
from community.search.generations import Unreadable
from community.search.grammar import LONGEST_QUERY, Query, QueryTooLong, parse
from community.search.indexing import root
from community.search.sources import sources
from community.spaces.models import Space
from community.subjects import kind_of, subject_kinds, subject_url, subjects_at
from community.viewer import Viewer

PER_PAGE = 20


@dataclass(frozen=True)
class Shown:
    """A hit whose row this viewer can read."""

    hit: Hit
    row: Any
    url: str
    label: str
    space: Space | None
    place: int


@dataclass(frozen=True)
class Answer:
    """A page of results as the search page shows it."""

    query: Query
    results: Results
    shown: Sequence[Shown]

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Each kind that was found, its name and how often."""
        counts = self.results.facets
        named = [
            (kind, label, counts[kind]) for kind, label in kind_labels().items() if kind in counts
        ]
        return sorted(named, key=lambda one: -one[2])


def search_for(
    text: str, viewer: Viewer, *, kind: str = "", after: int = 0, latest: bool = False
) -> Answer:
    """Answer what was typed. Raise `Invalid` if it is too long, `Busy` while there is no index."""
    try:
        query = parse(text)
    except QueryTooLong as too_long:
        raise Invalid(
            {"q": _("A search has at most %(most)s characters.", most=LONGEST_QUERY)}
        ) from too_long
    kinds = frozenset({kind} if kind else ())
    scope = Scope(viewer.audiences, kinds=kinds)
    with _index() as engine:
        results = engine.search(
            query, scope, limit=PER_PAGE, after=after, latest=latest, language=_language()
        )
    return Answer(query, results, readable_now(results.hits, viewer, first=after + 1))


def similar_to(
    title: str, viewer: Viewer, *, kind: str, limit: int = 5, without: Key | None = None
) -> list[Shown]:
    """What this title may repeat, whatever became of it; nothing while there is no index."""
    scope = Scope(
        viewer.audiences, kinds=frozenset({kind}), hidden=frozenset({without} if without else ())
    )
    return _offer(lambda engine: engine.similar(title[:LONGEST_QUERY], scope, limit=limit), viewer)


def complete(text: str, viewer: Viewer, *, limit: int = 8) -> list[Shown]:
    """Pages whose title begins so."""
    scope = Scope(viewer.audiences)
    return _offer(lambda engine: engine.complete(text[:LONGEST_QUERY], scope, limit=limit), viewer)


def readable_now(hits: Sequence[Hit], viewer: Viewer, *, first: int = 1) -> list[Shown]:
    """The hits whose rows the viewer can read at this moment, with what a list shows of them."""
    rows = _rows(hits, viewer)
    # Held while addresses are made, so that those of posts ask the database for no owner.
    owners = subjects_at(
        (row.thread.subject_kind, row.thread.subject_id)
        for (kind, _id), row in rows.items()
        if kind == "post"
    )
    spaces = _spaces(kind_of(row).space_id(row) for row in rows.values())
    shown = [
        Shown(
            hit=hit,
            row=row,
            url=subject_url(row),
            label=kind_of(row).label(),
            space=spaces.get(kind_of(row).space_id(row)),
            place=place,
        )
        for place, hit in enumerate(hits, start=first)
        if (row := rows.get(hit.key)) is not None
    ]
    del owners
    return shown


def kind_labels() -> dict[str, str]:
    """What each kind that can be found is called."""
    return {kind: known.label() for kind, known in subject_kinds().items() if kind in sources()}


def _rows(hits: Iterable[Hit], viewer: Viewer) -> dict[Key, Any]:
    ids: dict[str, list[int]] = {}
    for hit in hits:
        ids.setdefault(hit.kind, []).append(hit.id)
    known = subject_kinds()
    rows: dict[Key, Any] = {}
    for kind in ids.keys() & known.keys():
        model = known[kind].model
        loaded = [
            joinedload(getattr(model, name))
            for name in ("author", "thread")
            if name in inspect(model).relationships
        ]
        readable = select(model).where(model.id.in_(ids[kind]), visible(model, viewer))
        rows |= {(kind, row.id): row for row in session.scalars(readable.options(*loaded))}
    return rows


def _spaces(ids: Iterable[int | None]) -> dict[int | None, Space]:
    wanted = {one for one in ids if one}
    found = session.scalars(select(Space).where(Space.id.in_(wanted))) if wanted else ()
    return {space.id: space for space in found}


def _offer(ask: Callable[[Engine], list[Hit]], viewer: Viewer) -> list[Shown]:
    """Suggestions are a courtesy: without an index there are none."""
    try:
        with generations.reading(root()) as engine:
            hits = ask(engine)
    except Unreadable:
        return []
    return readable_now(hits, viewer)


@contextmanager
def _index() -> Iterator[Engine]:
    try:
        with generations.reading(root()) as engine:
            yield engine
    except Unreadable as absent:
        raise Busy(_("The search index is being built. Please try again in a minute.")) from absent


def _language() -> str:
    return str(get_locale() or "en")
