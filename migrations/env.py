"""Runs the migrations on the application's own engine."""

from alembic import context
from flask import current_app

from community.database import Base, UTCDateTime, db


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """A moment is stored as the database's own timestamp: migrations need not know our type."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


options = dict(current_app.extensions["migrate"].configure_args)
with db.engine.connect().execution_options(write=True) as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_item=render_item, **options
    )
    with context.begin_transaction():
        context.run_migrations()
