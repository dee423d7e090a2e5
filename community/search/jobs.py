"""When the index is brought up to date, looked at and rebuilt. The worker alone writes it."""

from community.database import write_transaction
from community.health import check
from community.jobs import job, periodic
from community.search import generations, indexing
from community.search.generations import BeingWritten, Unreadable


@check("index")
def index_answers() -> bool:
    try:
        return generations.current(indexing.root()).size() >= 0
    except Unreadable:
        return False


@job("search.index")
def index_waiting() -> None:
    """What is left after a second, or waits for a rebuild to end, is taken up by `look_after`."""
    try:
        left = indexing.index_waiting()
    except BeingWritten:
        return
    except Unreadable:
        generations.doubt(indexing.root())
        left = False
    if left:
        with write_transaction():
            index_waiting.later()


@job("search.rebuild")
def rebuild() -> None:
    indexing.rebuild_index()
    generations.trust(indexing.root())


@periodic("search.look_after", seconds=5)
def look_after() -> None:
    """Rebuild an index that is absent, torn or outgrown; index what was left waiting."""
    if generations.is_doubted(indexing.root()) and not indexing.is_in_order():
        _queue_rebuild()
        return
    generations.trust(indexing.root())
    if indexing.has_outgrown_its_engine():
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
        generations.doubt(indexing.root())


def _queue_rebuild() -> None:
    with write_transaction():
        rebuild.later(key="search.rebuild")
