"""Bringing the index up to date with the rows that changed."""

import logging
import time
from pathlib import Path

from sqlalchemy import delete, select, update

from community.config import settings
from community.database import insert_once, session, write_transaction
from community.search import generations
from community.search.documents import Key
from community.search.engine import Engine
from community.search.generations import Unreadable
from community.search.models import Waiting
from community.search.sources import batches_of_ids, documents_of, every_document, how_many, sources

log = logging.getLogger(__name__)

BATCH = 50
SECONDS_AT_ONCE = 1.0


def root() -> Path:
    return settings().data_dir / "search"


def let_wait(keys: list[Key]) -> None:
    """Note rows for the next batch; joins a transaction."""
    for kind, row_id in keys:
        if not insert_once(Waiting, kind=kind, row_id=row_id, changes=1):
            session.execute(
                update(Waiting)
                .where(Waiting.kind == kind, Waiting.row_id == row_id)
                .values(changes=Waiting.changes + 1)
            )


def index_waiting() -> bool:
    """Index what waits, for about a second; `True` if something is left.

    What changes while it is being indexed keeps waiting. Raise `BeingWritten` during a rebuild.
    """
    began = time.monotonic()
    with generations.writing_now(root()):
        engine = generations.current(root())
        while batch := _next_batch():
            _index(engine, list(batch))
            _done(batch)
            if time.monotonic() - began > SECONDS_AT_ONCE:
                return is_waiting()
    return False


def is_waiting() -> bool:
    found = session.scalar(select(Waiting.row_id).limit(1))
    session.rollback()
    return found is not None


def rebuild_index(*, engine: type[Engine] | None = None) -> Engine:
    """Build the index anew from the database, on the engine that fits its size, and swap it in."""
    kind = engine or generations.engine_for(how_many())
    return generations.rebuild(root(), kind, every_document())


def has_outgrown_its_engine() -> bool:
    engine = generations.current(root())
    size = engine.size()
    return size > generations.WHOOSH_UP_TO and not isinstance(engine, generations.engine_for(size))


def compare() -> int:
    """Let wait what the index lacks and what it should not have; say how many rows."""
    known = generations.current(root()).keys()
    published: set[Key] = set()
    for source in sources().values():
        for ids in batches_of_ids(source):
            published |= {one.key for one in documents_of((source.kind, row) for row in ids)}
    astray = published ^ known
    with write_transaction():
        let_wait(sorted(astray))
    return len(astray)


def is_in_order() -> bool:
    """Whether the index can be read from end to end."""
    try:
        generations.check(root())
    except Unreadable as torn:
        log.warning("the search index cannot be read: %s", torn)
        return False
    return True


def _next_batch() -> dict[Key, int]:
    rows = session.execute(select(Waiting.kind, Waiting.row_id, Waiting.changes).limit(BATCH)).all()
    session.rollback()
    return {(row.kind, row.row_id): row.changes for row in rows}


def _index(engine: Engine, keys: list[Key]) -> None:
    documents = documents_of(keys)
    session.rollback()
    engine.write(documents, set(keys) - {one.key for one in documents})


def _done(batch: dict[Key, int]) -> None:
    with write_transaction():
        for (kind, row_id), changes in batch.items():
            session.execute(
                delete(Waiting).where(
                    Waiting.kind == kind, Waiting.row_id == row_id, Waiting.changes == changes
                )
            )
