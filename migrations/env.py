"""Runs the migrations on the application's own engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from community.database import Base, UTCDateTime, db


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """A moment is stored as the database's own timestamp: migrations need not know our type."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The search index makes its own tables and can be made anew."""
    return not (kind == "table" and (name or "").startswith("search_index_"))


@contextmanager
def migrating() -> Iterator[Connection]:
    """A connection on which a table can be made anew and a migration take as long as it needs.

    SQLite alters a table by copying it: with foreign keys on, dropping the old one would take along
    or refuse what points to it. They cannot be switched within a transaction.
    """
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF" if sqlite else "SET statement_timeout = 0")
        try:
            yield connection.execution_options(write=True)
        finally:
            connection.invalidate()  # nobody else is given this connection


options = dict(current_app.extensions["migrate"].configure_args)
with migrating() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        include_name=include_name,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            assert not broken, f"the migration leaves rows that point to nothing: {broken[:5]}"
