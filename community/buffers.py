"""What a GET may record: notes kept in memory and written within two seconds.

Each process has one buffer and one thread that empties it; what is lost with the process is at most
those two seconds. A feature declares how a list of its notes is written (`@buffered`), and notes
are cheap enough for every page.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, current_app

from community import clock
from community.database import session, write_transaction
from community.events import Event, emit_all, source
from community.outages import is_outage

log = logging.getLogger(__name__)

SECONDS = 1.0
MOST_NOTES = 50_000
AT_ONCE = 500  # to write thousands, a process would grow by megabytes that it never gives back

Writer = Callable[[Sequence[Any]], None]

_writers: dict[str, Writer] = {}
_notes: dict[str, list[Any]] = {}
_lock = threading.Lock()
_emptied_by: int | None = None


def buffered(name: str) -> Callable[[Writer], Writer]:
    """Register what writes the notes of this name; it runs inside a write transaction."""

    def register(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return register


def note(name: str, one: Any) -> None:
    """Keep a note until the next flush. Beyond fifty thousand, notes are dropped, not pages."""
    with _lock:
        waiting = _notes.setdefault(name, [])
        if len(waiting) < MOST_NOTES:
            waiting.append(one)
    if _emptied_by != os.getpid() and not current_app.testing:
        _start_emptying(current_app._get_current_object())  # type: ignore[attr-defined]


def record(event: Event) -> None:
    """Emit the event with the next flush, at the time it happened: impressions and clicks."""
    note("events", (event, clock.now(), source()))


@buffered("events")
def _keep_events(notes: Sequence[Any]) -> None:
    events, moments, sources = zip(*notes, strict=True)
    emit_all(events, at=moments, sources=sources)


def flush() -> None:
    """Write all notes now; those of one kind that cannot be written are lost, and said so.

    While the disk is full or the database away, they are kept for the next time.
    """
    with _lock:
        taken = {name: notes for name, notes in _notes.items() if notes}
        _notes.clear()
    for name, notes in taken.items():
        for first in range(0, len(notes), AT_ONCE):
            if not _write(name, notes[first : first + AT_ONCE]):
                _keep_for_later(name, notes[first:])
                break


def _write(name: str, notes: list[Any]) -> bool:
    """Whether there was a database to write to."""
    try:
        with write_transaction():
            _writers[name](notes)
    except Exception as error:
        session.rollback()
        if is_outage(error):
            return False
        log.exception("%s notes of %s are lost", len(notes), name)
        if current_app.testing:
            raise
    return True


def _keep_for_later(name: str, notes: list[Any]) -> None:
    with _lock:
        waiting = _notes.setdefault(name, [])
        waiting[:0] = notes[: MOST_NOTES - len(waiting)]


def forget() -> None:
    """Drop what is waiting: for tests, which begin with nothing."""
    with _lock:
        _notes.clear()


def are_emptied() -> bool:
    """Whether notes can be left here without an application at hand."""
    return _emptied_by == os.getpid()


def _start_emptying(app: Flask) -> None:
    """A forked process starts a thread of its own: threads do not survive a fork."""
    global _emptied_by
    with _lock:
        if _emptied_by == os.getpid():
            return
        _emptied_by = os.getpid()
    ending = threading.Event()
    thread = threading.Thread(target=_empty, args=(app, ending), name="buffers", daemon=True)
    thread.start()
    atexit.register(_end, thread, ending)


def _empty(app: Flask, ending: threading.Event) -> None:
    while not ending.wait(SECONDS):
        _flush_in(app)
    _flush_in(app)


def _flush_in(app: Flask) -> None:
    with _lock:
        idle = not any(_notes.values())
    if not idle:
        with app.app_context():
            flush()


def _end(thread: threading.Thread, ending: threading.Event) -> None:
    ending.set()
    thread.join(timeout=5)
