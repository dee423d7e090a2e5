"""The schema's revisions: which one a database has, and how it is brought to another."""

from collections.abc import Iterable
from typing import Any

import flask_migrate
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, create_engine

from community.backup.manifest import Unsound
from community.database import Base
from community.sqlite import sqlite_driver

VERSIONS = "alembic_version"


def newest() -> str:
    head = _script().get_current_head()
    assert head
    return head


def revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def check_known(revision: str) -> None:
    try:
        known = _script().get_revision(revision)
    except CommandError:
        known = None
    if known is None or known.revision != revision:
        raise Unsound(
            f"the schema's revision {revision} is not known to this version of Guildhall: "
            "use the version that made it, or a newer one"
        )


def build(connection: Connection, revision: str) -> None:
    """Bring an empty database to this revision, inside the connection's own transaction."""
    script = _script()

    def steps(heads: Any, _context: Any) -> Iterable[Any]:
        return script._upgrade_revs(revision, heads)

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=revision) as environment:
        environment.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True
        )
        environment.run_migrations()


def sqlite_objects(revision: str) -> set[tuple[str, str, str]]:
    """Kind, name and definition of the tables and of all that SQLite would execute by itself."""
    engine = create_engine("sqlite://", module=sqlite_driver)
    with engine.connect() as connection, connection.begin():
        build(connection, revision)
        found = objects_in(connection.connection.driver_connection)
    engine.dispose()
    return found


def objects_in(connection: Any) -> set[tuple[str, str, str]]:
    """Tables by name alone: how a column is written depends on the way it came there."""
    rows = connection.execute(
        "SELECT type, name, CASE WHEN type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' THEN '' "
        "ELSE sql END FROM sqlite_schema WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\'"
    )
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


def upgrade() -> None:
    """Bring the database to the newest revision, as `flask db upgrade` does."""
    flask_migrate.upgrade(directory=_directory())


def _script() -> ScriptDirectory:
    return ScriptDirectory(_directory())


def _directory() -> str:
    return current_app.extensions["migrate"].directory
