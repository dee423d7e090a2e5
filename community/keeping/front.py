"""Answers before Flask is entered, from pages that were made once for many."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from community import buffers, clock
from community.config import Settings
from community.database import db
from community.i18n import LANGUAGES
from community.keeping.answers import (
    Answer,
    Headers,
    Kept,
    Known,
    is_for_keeping,
    with_length,
    without_cookies,
)
from community.keeping.changes import Changes
from community.keeping.own import NotShared, Reader
from community.keeping.pages import FOR, WANTED, Made
from community.keeping.sharing import Parted, Said, SharedPage, take_apart
from community.keeping.shelf import Shelf
from community.openings import opening_in
from community.versions import Standing

MOST_BYTES = 24 * 1024 * 1024
MOST_BYTES_SAID = 4 * 1024 * 1024
LONGEST = timedelta(minutes=1)  # for what time alone changes: a pin that ends, "top" of a week
READERS_TO_AGREE = 2  # before a third gets a page that was put together,
DISAGREEMENTS_TO_STOP = 10
AGREEMENTS_TO_TRUST = 20  # until so many have shown that a view marks all that is its readers' own

Start = Callable[..., Any]
FindReader = Callable[[dict[str, Any], Connection], Reader | None]


class Front:
    """Wraps the application; all that it knows is one process's own, and can be lost."""

    def __init__(self, app: Flask, settings: Settings, find_reader: FindReader) -> None:
        self.app, self.inner, self.find_reader = app, app.wsgi_app, find_reader
        self.cookie = app.config["SESSION_COOKIE_NAME"] + "="
        self.changes = Changes(settings)
        self.shelf: Shelf[Kept] = Shelf(MOST_BYTES)
        self.said: Shelf[Said] = Shelf(MOST_BYTES_SAID)
        self.engine: Engine | None = None
        self.agreed: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.distrusted: set[str] = set()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if not _asks_for_a_page(environ):
            return self.inner(environ, start_response)
        if self.cookie in environ.get("HTTP_COOKIE", ""):
            return self._for_member(environ, start_response)
        return self._for_visitor(environ, start_response)

    def forget(self) -> None:
        """Keep nothing: for a database that was put back to how it stood before."""
        self.shelf.clear()
        self.said.clear()
        self.changes.forget()

    def _for_visitor(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        key = _key(environ, _language(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        kept = self.shelf.get(key)
        if kept and isinstance(kept.page, bytes) and self._still_stands(kept):
            return self._give(kept, kept.page, None, environ, start_response)
        answer = self._make(environ)
        if answer.made and is_for_keeping(answer, environ):
            self.shelf.put(key, Kept(b"".join(answer.body), answer.headers, answer.made))
        start_response(answer.status, answer.headers)
        return answer.body

    # Members ---------------------------------------------------------------------

    def _for_member(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """A page that others had made, with what is this reader's own; else one made in full."""
        try:
            with self._reader_of(environ) as reader:
                if reader is None:
                    return self.inner(environ, start_response)
                known = self._known_for(reader, environ)
        except NotShared:
            return self.inner(environ, start_response)
        except DBAPIError:
            self.app.logger.warning("kept pages are left out", exc_info=True)
            return self.inner(environ, start_response)
        if known.kept and known.body is not None:
            return self._give(known.kept, known.body, reader.member_id, environ, start_response)
        answer = self._make(environ)
        if answer.made:
            parted = take_apart(b"".join(answer.body), answer.made.places)
            answer.body = [parted.whole]
            answer.headers = with_length(answer.headers, len(parted.whole))
            if is_for_keeping(answer, environ):
                with suppress(DBAPIError):
                    self._learn(known, parted, answer, environ)
        start_response(answer.status, answer.headers)
        return answer.body

    def _known_for(self, reader: Reader, environ: dict[str, Any]) -> Known:
        key = _key(environ, reader.sharing)
        kept = self.shelf.get(key)
        if not kept or not isinstance(kept.page, SharedPage):
            return Known(key)
        variants = kept.page.variants_for(reader)
        if not self._still_stands(kept, at_once=True):
            return Known(key, None, variants)
        trusted = self.agreed[kept.made.endpoint] >= AGREEMENTS_TO_TRUST
        if trusted or len(kept.page.agreed) >= READERS_TO_AGREE:
            return Known(key, kept, variants, kept.page.fill(reader, variants))
        return Known(key, kept, variants)

    def _learn(self, known: Known, parted: Parted, answer: Answer, environ: dict[str, Any]) -> None:
        """A variant is learned where it was the same before the page was made and after."""
        made = answer.made
        assert made
        with self._reader_of(environ) as reader:
            if reader is None or made.endpoint in self.distrusted:
                return
            kept = known.kept if known.kept and made.is_like(known.kept.made) else None
            page = kept.page if kept else SharedPage(parted, reader.member_id, self.said)
            assert isinstance(page, SharedPage)
            try:
                after = page.variants_for(reader)
            except NotShared:
                return
            if kept is None:
                self.shelf.put(known.key, Kept(page, without_cookies(answer.headers), made))
            sure = dict(after.items() & known.variants.items())
        if not self._is_as_made(made, self.changes.standing_now(at_once=True)):
            return  # something was written while it was made: it may show what came later
        if not page.is_same(parted) or not page.learn(reader, parted.said, sure):
            self._disagree(known, made, environ)
        elif reader.member_id not in page.agreed:
            page.agreed.add(reader.member_id)
            self.agreed[made.endpoint] += 1

    def _disagree(self, known: Known, made: Made, environ: dict[str, Any]) -> None:
        """Something outside the marked places is one reader's own: all must agree anew."""
        self.shelf.drop(known.key)
        self.agreed[made.endpoint] = 0
        self.disagreements[made.endpoint] += 1
        if self.disagreements[made.endpoint] >= DISAGREEMENTS_TO_STOP:
            self.distrusted.add(made.endpoint)
        self.app.logger.error("%s is not the same for all who share it", environ["PATH_INFO"])

    @contextmanager
    def _reader_of(self, environ: dict[str, Any]) -> Iterator[Reader | None]:
        if self.engine is None:
            with self.app.app_context():
                self.engine = db.engine
        with self.engine.connect() as connection:
            yield self.find_reader(environ, connection)

    # Both ------------------------------------------------------------------------

    def _make(self, environ: dict[str, Any]) -> "Answer":
        """Only what a view wants kept is held in memory: files stream past."""
        given: list[Any] = []

        def started(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            given[:] = [status, headers]
            return given.append

        environ[FOR] = True
        body = self.inner(environ, started)
        made: Made | None = environ.pop(WANTED, None)
        if made is None:
            return Answer(given[0], given[1], body)
        pieces = [b"".join(body)]
        if close := getattr(body, "close", None):
            close()
        return Answer(given[0], given[1], pieces, made)

    def _give(
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

    def _still_stands(self, kept: Kept, *, at_once: bool = False) -> bool:
        """Checked once for each time that something was committed anywhere.

        Members read `at_once` what they wrote a moment ago through another process.
        """
        if not timedelta(0) <= clock.now() - kept.at < LONGEST:
            return False
        try:
            standing = self.changes.standing_now(at_once=at_once)
            if kept.checked is standing:
                return True
            if not self._is_as_made(kept.made, standing):
                return False
        except DBAPIError:
            return False
        kept.checked = standing
        return True

    def _is_as_made(self, made: Made, standing: Standing) -> bool:
        """A page made from certain rows is good as long as those and the house are the same."""
        stands = standing.of(made.audiences)
        if not made.rows:
            return stands == made.stands
        same_house = stands[0] == made.stands[0]
        return same_house and self.changes.versions_now(made.rows) == made.versions


def register(app: Flask, find_reader: FindReader) -> None:
    """Put the front before the application."""
    front = Front(app, app.config["SETTINGS"], find_reader)
    app.wsgi_app = front  # type: ignore[method-assign]
    app.extensions["front"] = front


@event.listens_for(db.session, "after_commit")
def _hear(_session: Any) -> None:
    """What this process commits, its next answer shows."""
    front: Front | None = current_app.extensions.get("front")
    if front:
        front.changes.listen_again()


def _asks_for_a_page(environ: dict[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_HX_REQUEST" not in environ
        and "HTTP_AUTHORIZATION" not in environ
    )


def _key(environ: dict[str, Any], who: str | None) -> tuple[Any, ...]:
    """The host is part of it, so that only a host that was once let in finds anything."""
    return environ.get("HTTP_HOST"), environ["PATH_INFO"], environ["QUERY_STRING"], who


@lru_cache(1024)
def _language(header: str) -> str | None:
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES)
