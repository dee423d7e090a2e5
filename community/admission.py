"""The door: as many requests as can be served soon come in, the rest are told at once to come back.

Python works at one request of a process at a time: one more makes all others slower, and without a
door everybody would wait until nobody is served in time. The server has more threads than are let
in; a thread that finds the house full says so and is free again.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, json
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from community.bodies import take_in
from community.errors import Busy, refusal_message, texts_in, title_of
from community.i18n import LANGUAGES
from community.serving import WAITING, at_once
from community.web import HEADERS, local_path

LONGEST_WAIT_SECONDS = 3.0
STUCK_SECONDS = 6.0
RETRY_AFTER_SECONDS = (3, 8)  # not everybody in the same second
MOST_TYPED_BYTES = 512 * 1024

# Cheap, and wanted most when the house is full.
ALWAYS_OPEN = ("/assets/", "/static/", "/healthz", "/readyz")


def register(app: Flask) -> None:
    """The outermost layer: whatever wraps the application has done so before."""
    app.wsgi_app = Door(app, app.wsgi_app, at_once=at_once(), waiting=WAITING)  # type: ignore[method-assign]


class Line:
    """`at_once` have their turn, `waiting` stand behind them, in the order they came."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._free, self._waiting = at_once, waiting
        self._line: deque[threading.Lock] = deque()
        self._lock = threading.Lock()
        self._moved_at = 0.0

    def enter(self) -> bool:
        """Wait for a turn; `False` at once where too many wait already, or those inside wait for
        something that does not answer; and after a long wait.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                self._moved_at = time.monotonic()
                return True
            is_stuck = time.monotonic() - self._moved_at > STUCK_SECONDS
            if is_stuck or len(self._line) >= self._waiting:
                return False
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        return turn.acquire(timeout=LONGEST_WAIT_SECONDS) or not self._gave_up(turn)

    def leave(self) -> None:
        with self._lock:
            self._moved_at = time.monotonic()
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1

    def _gave_up(self, turn: threading.Lock) -> bool:
        """Not if the turn came in that very moment."""
        with self._lock:
            waits = turn in self._line
            if waits:
                self._line.remove(turn)
            return waits


class Door:
    """Who reads and who writes stand in lines of their own.

    Writers may have to wait for each other, on SQLite for the one write lock: nobody's reading, and
    under a rush of readers nobody's text, is held up by that.
    """

    def __init__(self, app: Flask, inside: WSGIApplication, *, at_once: int, waiting: int) -> None:
        self.app, self.inside = app, inside
        self.reading = Line(at_once=at_once, waiting=waiting)
        self.writing = Line(at_once=at_once, waiting=waiting)
        self.pages: dict[str, bytes] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(ALWAYS_OPEN):
            return self.inside(environ, start_response)
        line = self._line_of(environ)
        if not line or not line.enter():
            return self._turn_away(Request(environ))(environ, start_response)
        try:
            return self.inside(environ, start_response)
        finally:  # what is still to be sent needs no turn: a slow reader keeps nobody waiting
            line.leave()

    def _line_of(self, environ: WSGIEnvironment) -> Line | None:
        """None for whom there is none: whoever sends much stands in one when all of it is here."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            environ["wsgi.input"] = BytesIO()  # nothing is read of what they may send
            return self.reading
        return self.writing if take_in(environ, self.app.config["MAX_CONTENT_LENGTH"]) else None

    # What those are told who must come back --------------------------------------

    def _turn_away(self, request: Request) -> Response:
        """Without the database, which has enough to do."""
        with self.app.app_context(), force_locale(_language(request)):
            answer = _for_a_program() if _is_program(request) else self._for_a_person(request)
        answer.status_code = Busy.status
        seconds = str(random.randint(*RETRY_AFTER_SECONDS))
        answer.headers.update(HEADERS | {"Retry-After": seconds, "Cache-Control": "no-store"})
        if request.method == "GET" and "HX-Request" not in request.headers:
            answer.headers["Refresh"] = seconds
        return answer

    def _for_a_person(self, request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            language = _language(request)
            if language not in self.pages:
                message = _("This page will be asked for again in a few seconds.")
                self.pages[language] = self._page(message, language).encode()
            return Response(self.pages[language], mimetype="text/html")
        typed, token = _typed_into(request)
        message = refusal_message(Busy()) if typed else _("Nothing was changed. Please try again.")
        page = self._page(
            message,
            _language(request),
            typed=typed,
            send_to=local_path(request.full_path.rstrip("?")),
            csrf_token=lambda: token,
        )
        return Response(page, mimetype="text/html")

    def _page(self, message: str, language: str, **context: Any) -> str:
        template = self.app.jinja_env.get_template("errors/refusal.html")
        title = title_of(Busy.status)
        return template.render(
            status=Busy.status, title=title, message=message, language=language, **context
        )


def _language(request: Request) -> str:
    """The browser's wish: the member's own is in the database."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _is_program(request: Request) -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _for_a_program() -> Response:
    error = {"code": Busy.code, "message": refusal_message(Busy()), "field": None}
    return Response(json.dumps({"error": error}), mimetype="application/json")


def _typed_into(request: Request) -> tuple[list[tuple[str, str]], str]:
    """What was typed, and the form's token to send it again with."""
    if (request.content_length or MOST_TYPED_BYTES) >= MOST_TYPED_BYTES:
        return [], ""
    try:
        form = request.form
    except HTTPException:
        return [], ""
    return texts_in(form), form.get("csrf_token", "")
