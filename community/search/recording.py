"""What is remembered of a search: what it showed, what was opened, what found nothing."""

from typing import Any

from community import buffers
from community.openings import is_reading
from community.search.events import SearchDone, SearchMissed, SearchResultOpened
from community.search.grammar import LONGEST_QUERY
from community.search.queries import Answer
from community.viewer import Viewer


def search_done(answer: Answer, *, search: str, viewer: Viewer) -> None:
    """Record a page of results; words that found nothing without the one who asked."""
    if not is_reading(viewer):
        return
    buffers.record(
        SearchDone(
            actor_id=viewer.member_id,
            search=search,
            total=answer.results.total,
            shown=tuple(one.hit.key for one in answer.lines),
            partial=answer.results.partial,
        )
    )
    if not answer.results.facets:
        buffers.record(SearchMissed(words=answer.query.text.casefold()[:LONGEST_QUERY]))


def result_opened(kind: str, row: Any, *, search: str, place: int, viewer: Viewer) -> None:
    if not is_reading(viewer):
        return
    buffers.record(
        SearchResultOpened(
            actor_id=viewer.member_id,
            space_id=getattr(row, "space_id", None),
            audience_id=getattr(row, "audience_id", None),
            search=search[:16],
            subject_kind=kind,
            subject_id=row.id,
            place=place,
        )
    )
