"""Whether anything was written in a transaction: only the one place that commits may keep that."""

from typing import Any

from sqlalchemy import Connection, Engine, event

# What begins with WITH can write as well.
WROTE, READS = "wrote", ("SELECT", "BEGIN")


def has_written(connection: Connection) -> bool:
    """Anything but reading, since its transaction began."""
    return connection.info.get(WROTE, False)


@event.listens_for(Engine, "begin")
def _forget_writing(connection: Connection) -> None:
    connection.info[WROTE] = False


@event.listens_for(Engine, "before_cursor_execute")
def _note_writing(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not statement.startswith(READS):
        connection.info[WROTE] = True
