"""Counting the statements of a page: `with counting_sql() as statements: client.get(…)`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import event
from sqlalchemy.engine import Engine

PER_PAGE = 12
_NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def counting_sql() -> Iterator[list[str]]:
    """The statements sent inside the block, transactions' own apart; pages are made in full."""
    application: Any = current_app
    front, application.wsgi_app = application.wsgi_app, application.extensions["front"].inner
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_NOT_COUNTED):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        application.wsgi_app = front


def statements_of(client: Any, url: str) -> list[str]:
    """The statements of one page that answers 200, after it has been opened once."""
    assert client.get(url).status_code == 200
    with counting_sql() as statements:
        assert client.get(url).status_code == 200
    return statements
