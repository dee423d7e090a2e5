"""Answers visitors before Flask is entered, from pages that were made once for all of them."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from community import buffers, clock
from community.config import Settings
from community.database import db
from community.i18n import LANGUAGES
from community.keeping.changes import Changes
from community.keeping.pages import WANTED, Made
from community.keeping.shelf import Shelf
from community.openings import opening_in
from community.versions import Standing

MOST_BYTES = 24 * 1024 * 1024
LONGEST = timedelta(minutes=1)  # for what time alone changes: a pin that ends, "top" of a week

Headers = list[tuple[str, str]]
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Answer:
    body: bytes
    headers: Headers
    made: Made
    at: datetime
    checked: Standing | None = None

    @property
    def size(self) -> int:
        return len(self.body) + 4096


class Front:
    """Wraps the application; `changes` and the shelf are one process's own, and can be lost."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.inner = app, app.wsgi_app
        self.cookie = app.config["SESSION_COOKIE_NAME"] + "="
        self.changes = Changes(settings)
        self.shelf: Shelf[Answer] = Shelf(MOST_BYTES)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if not self._is_visitors(environ):
            return self.inner(environ, start_response)
        key = _key(environ)
        answer = self.shelf.get(key)
        if answer and self._still_stands(answer):
            self._note(answer, environ)
            start_response("200 OK", answer.headers)
            return [answer.body] if environ["REQUEST_METHOD"] == "GET" else []
        return self._keep(key, environ, start_response)

    def forget(self) -> None:
        """Keep nothing: for a database that was put back to how it stood before."""
        self.shelf.clear()
        self.changes.forget()

    def _is_visitors(self, environ: dict[str, Any]) -> bool:
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and self.cookie not in environ.get("HTTP_COOKIE", "")
            and "HTTP_HX_REQUEST" not in environ
            and "HTTP_AUTHORIZATION" not in environ
        )

    def _still_stands(self, answer: Answer) -> bool:
        """Checked once for each time that something was committed anywhere."""
        if not timedelta(0) <= clock.now() - answer.at < LONGEST:
            return False
        try:
            standing = self.changes.standing_now()
            if answer.checked is standing:
                return True
            if not self._is_as_made(answer.made, standing):
                return False
        except DBAPIError:
            return False
        answer.checked = standing
        return True

    def _is_as_made(self, made: Made, standing: Standing) -> bool:
        """A page made from certain rows is good as long as those and the house are the same."""
        stands = standing.of(made.audiences)
        if not made.rows:
            return stands == made.stands
        same_house = stands[0] == made.stands[0]
        return same_house and self.changes.versions_now(made.rows) == made.versions

    def _note(self, answer: Answer, environ: dict[str, Any]) -> None:
        notes = answer.made.notes
        opening = opening_in(environ, None) if notes else None
        if opening is None:
            return
        with self._context():
            for note in notes:
                note(opening)

    def _context(self) -> AbstractContextManager[Any]:
        return nullcontext() if buffers.are_emptied() else self.app.app_context()

    def _keep(self, key: Any, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        given: list[Any] = []

        def started(status: str, headers: Headers, exc_info: Any = None) -> Any:
            given[:] = [status, headers]
            return start_response(status, headers, exc_info)

        body = self.inner(environ, started)
        made: Made | None = environ.get(WANTED)
        if made is None or environ["REQUEST_METHOD"] != "GET" or not given[0].startswith("200"):
            return body
        pieces = list(body)
        close = getattr(body, "close", None)
        if close:
            close()
        headers = list(given[1])
        if not any(name.lower() == "set-cookie" for name, _value in headers):
            self.shelf.put(key, Answer(b"".join(pieces), headers, made, clock.now()))
        return pieces


def register(app: Flask) -> None:
    """Put the front before the application; commits of this process are heard at once."""
    front = Front(app, app.config["SETTINGS"])
    app.wsgi_app = front  # type: ignore[method-assign]
    app.extensions["front"] = front


@event.listens_for(db.session, "after_commit")
def _hear(_session: Any) -> None:
    """What this process commits, its next answer shows."""
    front: Front | None = current_app.extensions.get("front")
    if front:
        front.changes.listen_again()


def _key(environ: dict[str, Any]) -> tuple[Any, ...]:
    """The host is part of it, so that only a host that was once let in finds anything."""
    return (
        environ.get("HTTP_HOST"),
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        _language(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
    )


@lru_cache(1024)
def _language(header: str) -> str | None:
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES)
