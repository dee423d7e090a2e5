"""Asking the index for a viewer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from community.database import session
from community.errors import Busy, Invalid
from community.search import remembering
from community.search.documents import FOR_MEMBERS, Key
from community.search.engine import Engine, Hit, Results, Scope
from community.search.grammar import LONGEST_QUERY, Query, QueryTooLong, parse
from community.search.indexing import place
from community.search.lines import Line, lines_of
from community.search.models import Miss
from community.search.places import Unreadable
from community.search.showing import Shown, readable_now
from community.search.sources import found_kinds
from community.viewer import Viewer

PER_PAGE = 20


@dataclass(frozen=True)
class Answer:
    """A page of results as the search page shows it."""

    query: Query
    results: Results
    lines: Sequence[Line]

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Each kind that was found, its name and how often."""
        named = [
            (kind, known.heading(), self.results.facets[kind])
            for kind, known in found_kinds().items()
            if kind in self.results.facets
        ]
        return sorted(named, key=lambda one: -one[2])


def scope_of(viewer: Viewer, *kinds: str) -> Scope:
    """What the viewer may find: what is published in their audiences."""
    open_to_members = {FOR_MEMBERS} if viewer.member else set()
    return Scope(viewer.audiences | open_to_members, kinds=frozenset(kinds))


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
    scope = scope_of(viewer, *([kind] if kind else []))
    with _index() as engine:
        results = remembering.search(
            engine,
            query,
            scope,
            limit=PER_PAGE,
            after=after,
            latest=latest,
            language=_language(),
        )
    return Answer(query, results, lines_of(results.hits, viewer, first=after + 1))


def similar_to(
    title: str, viewer: Viewer, *, kind: str, limit: int = 5, without: Key | None = None
) -> list[Shown]:
    """What this title may repeat, whatever became of it; nothing while there is no index."""
    scope = replace(scope_of(viewer, kind), hidden=frozenset({without} if without else ()))
    return _offer(lambda engine: engine.similar(title[:LONGEST_QUERY], scope, limit=limit), viewer)


def complete(text: str, viewer: Viewer, *, limit: int = 8) -> list[Shown]:
    """Pages whose title begins so."""
    scope = scope_of(viewer)
    return _offer(lambda engine: engine.complete(text[:LONGEST_QUERY], scope, limit=limit), viewer)


def frequent_misses(limit: int) -> Sequence[Miss]:
    """What was searched for in vain, the most frequent first."""
    return session.scalars(
        select(Miss).order_by(Miss.times.desc(), Miss.last_at.desc()).limit(limit)
    ).all()


def _offer(ask: Callable[[Engine], list[Hit]], viewer: Viewer) -> list[Shown]:
    """Suggestions are a courtesy: without an index there are none."""
    try:
        with place().reading() as engine:
            hits = ask(engine)
    except (Unreadable, Busy):
        return []
    return readable_now(hits, viewer)


@contextmanager
def _index() -> Iterator[Engine]:
    try:
        with place().reading() as engine:
            yield engine
    except Unreadable as absent:
        raise Busy(_("The search index is being built. Please try again in a minute.")) from absent


def _language() -> str:
    return str(get_locale() or "en")
