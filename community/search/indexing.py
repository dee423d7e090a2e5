"""Bringing the index up to date with the rows that changed."""

import logging
import time
from collections.abc import Iterable

from sqlalchemy import Insert, Select, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from community.config import settings
from community.database import session, write_transaction
from community.search.documents import Key
from community.search.engine import Engine
from community.search.models import Waiting
from community.search.places import Place, Unreadable
from community.search.sources import batches_of_ids, documents_of, every_document, how_many, sources

log = logging.getLogger(__name__)

BATCH = 50
SECONDS_AT_ONCE = 1.0


def place() -> Place:
    """In PostgreSQL where that is the database, else in files; only what is used is imported."""
    if settings().uses_sqlite:
        from community.search.generations import Folder

        return Folder(settings().data_dir / "search")
    from community.search.postgresql_place import Tables

    return Tables(settings().database_url)


def let_wait(keys: Iterable[Key]) -> None:
    """Note rows for the next batch; joins a transaction."""
    rows = [{"kind": kind, "row_id": row_id, "changes": 1} for kind, row_id in keys]
    if rows:
        session.execute(_noting(), rows)


def let_texts_of_wait(member_id: int) -> None:
    """Note everything a member wrote: their name stands beside it in the index."""
    for source in sources().values():
        if hasattr(source.model, "author_id"):
            theirs = select(literal(source.kind), source.model.id, literal(1)).where(
                source.model.author_id == member_id
            )
            session.execute(_noting(theirs))


def _noting(rows: Select | None = None) -> Insert:
    """A row that waits already has changed once more."""
    dialect = session().get_bind().dialect.name
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(Waiting)
    if rows is not None:
        insert = insert.from_select(["kind", "row_id", "changes"], rows)
    return insert.on_conflict_do_update(
        index_elements=["kind", "row_id"], set_={"changes": Waiting.changes + 1}
    )


def index_waiting() -> bool:
    """Index what waits, for about a second; `True` if something is left.

    What changes while it is being indexed keeps waiting. Raise `BeingWritten` during a rebuild.
    """
    began = time.monotonic()
    with place().writing_now():
        engine = place().current()
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
    kind = engine or place().engine_for(how_many())
    return place().rebuild(kind, every_document())


def astray() -> list[Key]:
    """The rows that the index lacks or should not have, those apart that wait for their turn."""
    known = place().current().keys()
    published: set[Key] = set()
    for source in sources().values():
        for ids in batches_of_ids(source):
            published |= {one.key for one in documents_of((source.kind, row) for row in ids)}
    waits = select(Waiting.kind, Waiting.row_id)
    waiting = {(kind, row_id) for kind, row_id in session.execute(waits)}
    session.rollback()
    return sorted((published ^ known) - waiting)


def compare() -> int:
    """Let wait what is astray; say how many rows."""
    keys = astray()
    if keys:
        log.warning("the index and the rows differ in %s, such as %s", len(keys), keys[0])
        with write_transaction():
            let_wait(keys)
    return len(keys)


def is_in_order() -> bool:
    """Whether the index can be read from end to end."""
    try:
        place().check()
    except Unreadable as torn:
        if place().is_there():
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
