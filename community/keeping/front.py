"""Answers before Flask is entered, from pages that were made once for many."""

from collections.abc import Callable, Hashable, Iterable
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from community import buffers
from community.admission import is_always_open
from community.config import Settings
from community.database import after_commit
from community.erasure import Person, erases
from community.i18n import LANGUAGES
from community.keeping.acting import telling
from community.keeping.answers import Answer, Headers, Kept, is_for_keeping, key_of, with_length
from community.keeping.asking import Readers
from community.keeping.changes import Changes, away
from community.keeping.cupboard import Cupboard
from community.keeping.members import Members
from community.keeping.pages import ASKED, WANTED, Asked, Made, Wanted, read_one_snapshot
from community.keeping.shelf import Shelf
from community.keeping.turns import Turns
from community.openings import opening_in
from community.versions import Standing

MOST_BYTES = 4 * 1024 * 1024

Start = Callable[..., Any]


class Front:
    """Wraps the application; all that it knows is one process's own, and can be lost."""

    def __init__(self, app: Flask, settings: Settings, readers: Readers) -> None:
        self.app, self.inner = app, app.wsgi_app
        self.cookie = app.config["SESSION_COOKIE_NAME"] + "="
        self.secure = settings.base_url.startswith("https:")
        self.changes = Changes(settings)
        self.shelf: Shelf[Kept] = Shelf(MOST_BYTES)
        self.cupboard = Cupboard(settings)
        self.turns = Turns()
        self.members = Members(self, readers)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        member = self.cookie in environ.get("HTTP_COOKIE", "")
        if member and environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, telling(start_response, secure=self.secure))
        if not _asks_for_a_page(environ):
            return self.inner(environ, start_response)
        if member:
            return self.members.answer(environ, start_response)
        return self._for_visitor(environ, start_response)

    def forget(self) -> None:
        """Keep nothing: for a database that was put back to how it stood before."""
        self.shelf.clear()
        self.cupboard.clear()
        self.members.forget()
        self.members.asking.hang_up()
        self.changes.forget()

    def _for_visitor(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        key = key_of(environ, _language(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        try:
            kept = self.find(key, self.changes.standing_now())
            if kept is None:
                with self.turns.at(key) as waited:
                    kept = self.find(key, self.changes.standing_now()) if waited else None
                    if kept is None:
                        return self._make_for_visitors(key, environ, start_response)
        except away():
            # Kept or not: whether everybody may still read it, only the database could say.
            return self.inner(environ, start_response)
        assert isinstance(kept.page, bytes)
        return self.give(kept, kept.page, None, environ, start_response)

    def _make_for_visitors(
        self, key: Hashable, environ: dict[str, Any], start_response: Start
    ) -> Iterable[bytes]:
        answer = self.make(environ, Asked(None))
        made = answer.wanted and answer.wanted.made
        if made and not made.only_for_one and is_for_keeping(answer, environ):
            self.keep(key, Kept(b"".join(answer.body), answer.headers, made))
        start_response(answer.status, answer.headers)
        return answer.body

    def keep(self, key: Hashable, kept: Kept) -> None:
        self.shelf.offer(key, kept)
        self.cupboard.put(key, kept)

    def drop(self, key: Hashable) -> None:
        self.shelf.drop(key)
        self.cupboard.drop(key)

    def find(self, key: Hashable, standing: Standing) -> Kept | None:
        """What is kept and still stands, in this process or by another."""
        mine = self.shelf.get(key)
        if mine and self.still_stands(mine, standing):
            return mine
        other = self.cupboard.get(key)
        if other is None or (mine and mine.at == other.at):
            return None
        if not self.still_stands(other, standing):
            return None
        self.members.take_in(other)
        self.shelf.offer(key, other)
        return other

    def last_kept(self, key: Hashable) -> Kept | None:
        """Whether or not it still stands."""
        return self.shelf.get(key) or self.cupboard.get(key)

    def make(self, environ: dict[str, Any], asked: Asked) -> Answer:
        """Only what a view wants kept is held in memory: files stream past."""
        given: list[Any] = []

        def started(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            given[:] = [status, headers]
            return given.append

        environ[ASKED] = asked
        body = self.inner(environ, started)
        del environ[ASKED]
        wanted: Wanted | None = environ.pop(WANTED, None)
        if wanted is None:
            return Answer(given[0], given[1], body)
        pieces = [b"".join(body)]
        if close := getattr(body, "close", None):
            close()
        return Answer(given[0], given[1], pieces, wanted)

    def give(
        self,
        kept: Kept,
        body: bytes,
        member_id: int | None,
        environ: dict[str, Any],
        start_response: Start,
    ) -> Iterable[bytes]:
        opening = opening_in(environ, member_id) if kept.made.notes else None
        if opening:
            with nullcontext() if buffers.are_emptied() else self.app.app_context():
                for note in kept.made.notes:
                    note(opening)
        start_response("200 OK", with_length(kept.headers, len(body)))
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def still_stands(self, kept: Kept, standing: Standing) -> bool:
        """Checked once for each time that something was committed anywhere."""
        if kept.is_old():
            return False
        if kept.checked is standing:
            return True
        try:
            if not self.is_as_made(kept.made, standing):
                return False
        except away():
            return False
        kept.checked = standing
        return True

    def is_as_made(self, made: Made, standing: Standing) -> bool:
        """A page made from certain rows is good as long as those and the house are the same.

        Versions only grow, and the house's with every space that goes: a page may be newer than
        what this process goes by.
        """
        stands = standing.of(made.audiences)
        if not made.rows:
            return stands <= made.stands
        if stands[0] > made.stands[0]:
            return False
        known = tuple([standing.shown.get(row) for row in made.rows])
        return known == made.versions or self.changes.versions_now(made.rows) == made.versions


def register(app: Flask, readers: Readers) -> None:
    """Put the front before the application."""
    front = Front(app, app.config["SETTINGS"], readers)
    app.wsgi_app = front  # type: ignore[method-assign]
    app.extensions["front"] = front
    # Before all others: none of them has read anything yet.
    app.before_request_funcs.setdefault(None, []).insert(0, read_one_snapshot)


@erases
def clear_cupboard(_person: Person) -> None:
    """Pages that nobody gets any more still say on the disk who wrote them."""
    front: Front = current_app.extensions["front"]
    after_commit(front.cupboard.clear)


def _asks_for_a_page(environ: dict[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_HX_REQUEST" not in environ
        and "HTTP_AUTHORIZATION" not in environ
        and not is_always_open(environ)
    )


@lru_cache(1024)
def _language(header: str) -> str | None:
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES)
