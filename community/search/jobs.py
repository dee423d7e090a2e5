"""When the index is brought up to date, looked at and rebuilt. The worker alone writes it."""

from collections.abc import Iterable

from community.database import write_transaction
from community.diagnoses import diagnosis
from community.errors import Busy
from community.health import check
from community.jobs import job, periodic
from community.search import indexing
from community.search.places import BeingWritten, Unreadable


@check("index")
def index_answers() -> bool:
    try:
        with indexing.place().reading() as engine:
            return engine.size() >= 0
    except (Unreadable, Busy):
        return False


@diagnosis("misspelt words are recognised")
def trigrams_are_there() -> Iterable[str]:
    if lack := indexing.place().lack():
        yield lack


@job("search.index")
def index_waiting() -> None:
    """What is left after a second, or waits for a rebuild to end, is taken up by `look_after`."""
    try:
        left = indexing.index_waiting()
    except BeingWritten:
        return
    except Unreadable:
        indexing.place().doubt()
        left = False
    if left:
        with write_transaction():
            index_waiting.later()


@job("search.rebuild")
def rebuild() -> None:
    indexing.rebuild_index()
    indexing.place().trust()


@periodic("search.look_after", seconds=5)
def look_after() -> None:
    """Rebuild an index that is absent, torn or outgrown; index what was left waiting."""
    place = indexing.place()
    if place.is_doubted() and not indexing.is_in_order():
        _queue_rebuild()
        return
    place.trust()
    if place.is_outgrown():
        _queue_rebuild()
    elif indexing.is_waiting():
        with write_transaction():
            index_waiting.later(key="search.index")


@periodic("search.compare", days=1)
def compare() -> None:
    """Once a day every row is compared with the index: a safety net under the events."""
    if indexing.is_in_order():
        indexing.compare()
    else:
        indexing.place().doubt()


def set_right() -> None:
    """Build an index that cannot be read anew; bring one that can be up to date, here and now."""
    if not indexing.is_in_order():
        rebuild()
        return
    indexing.compare()
    while indexing.index_waiting():
        pass


@diagnosis("the search index holds what can be found", mended_by=set_right)
def index_is_complete() -> Iterable[str]:
    if not indexing.is_in_order():
        yield "it is absent or cannot be read; the worker builds it anew"
    elif keys := indexing.astray():
        kind, row_id = keys[0]
        yield f"{len(keys)} rows are missing in it or too many, such as {kind} {row_id}"


def _queue_rebuild() -> None:
    with write_transaction():
        rebuild.later(key="search.rebuild")
