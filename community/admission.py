"""The door: as many requests as can be served soon come in, the rest are told at once to come back.

Python works at one request of a process at a time: one more makes all others slower, and without a
door everybody would wait until nobody is served in time. Who only reads and finds the house full
is told so where connections are accepted (community/shedding.py); for who writes, the server has
more threads than are let in: what was typed is given back by one that is free again at once.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from community.assets import is_asset
from community.bodies import take_in
from community.busy import ComeBack
from community.serving import WAITING, at_once

LONGEST_WAIT_SECONDS = 3.0
STUCK_SECONDS = 6.0

HEALTH, READS = ("/healthz", "/readyz"), ("GET", "HEAD")


def register(app: Flask) -> None:
    """The outermost layer: whatever wraps the application has done so before."""
    door = Door(app, app.wsgi_app, at_once=at_once(), waiting=WAITING)
    app.wsgi_app = door  # type: ignore[method-assign]
    app.extensions["door"] = door


def is_always_open(environ: WSGIEnvironment) -> bool:
    """To what is cheap, and wanted most when the house is full."""
    path = environ["PATH_INFO"]
    return environ["REQUEST_METHOD"] in READS and (is_asset(path) or path in HEALTH)


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
            if self.room() <= 0:
                return False
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        return turn.acquire(timeout=LONGEST_WAIT_SECONDS) or not self._gave_up(turn)

    def room(self) -> int:
        """For how many more, as it is this moment: without a lock, for who does not come in."""
        if not self._free and time.monotonic() - self._moved_at > STUCK_SECONDS:
            return 0
        return self._free + self._waiting - len(self._line)

    def is_long(self) -> bool:
        return 2 * len(self._line) >= self._waiting

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
        self.inside, self.come_back = inside, ComeBack(app)
        self.most_bytes = app.config["MAX_CONTENT_LENGTH"]
        self.reading = Line(at_once=at_once, waiting=waiting)
        self.writing = Line(at_once=at_once, waiting=waiting)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_always_open(environ):
            return self.inside(environ, start_response)
        line = self._line_of(environ)
        if not line or not line.enter():
            return self.come_back(environ, start_response)
        try:
            return self.inside(environ, start_response)
        finally:  # what is still to be sent needs no turn: a slow reader keeps nobody waiting
            line.leave()

    def _line_of(self, environ: WSGIEnvironment) -> Line | None:
        """None for whom there is none: whoever sends much stands in one when all of it is here."""
        if environ["REQUEST_METHOD"] in READS:
            environ["wsgi.input"] = BytesIO()  # nothing is read of what they may send
            return self.reading
        return self.writing if take_in(environ, self.most_bytes) else None
