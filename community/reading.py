"""How a request ends that only read: on PostgreSQL, with a COMMIT.

At a ROLLBACK the driver forgets all that it prepared on the connection, and half of the server's
work for a page is to plan its statements again.
"""

from contextlib import suppress
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from community.database import session
from community.postgresql import driver_errors
from community.writing import has_written


def register(app: Flask) -> None:
    if not app.config["SETTINGS"].uses_sqlite:
        app.teardown_request(end_reading)


def end_reading(error: BaseException | None) -> None:
    """Commit, unless anything was written, which only an action may keep."""
    if error or not session.registry.has():
        return
    current = session()
    if not (current.in_transaction() and current.is_active):
        return
    with suppress(SQLAlchemyError, *driver_errors("Error")):  # it is rolled back, as ever
        connection = current.connection()
        if not has_written(connection):
            driver: Any = connection.connection.driver_connection
            driver.commit()
