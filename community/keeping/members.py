"""Members' answers: pages that their like had made, with what is each reader's own."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection

from community.database import db
from community.keeping.acting import has_acted
from community.keeping.answers import (
    Answer,
    Kept,
    Known,
    is_for_keeping,
    key_of,
    with_length,
    without_cookies,
)
from community.keeping.own import Connect, NotShared, Reader, states
from community.keeping.recent import Lately, Recent
from community.keeping.sharing import (
    Parted,
    Said,
    SharedPage,
    Words,
    put_together,
    take_apart,
)
from community.keeping.shelf import Shelf
from community.versions import Standing

if TYPE_CHECKING:
    from community.keeping.front import Front, Start

MOST_BYTES_SAID, MOST_BYTES_ALONE = 3 * 1024 * 1024, 3 * 1024 * 1024
READERS_TO_AGREE = 2  # before a third gets a page that was put together,
DISAGREEMENTS_TO_STOP = 10
AGREEMENTS_TO_TRUST = 20  # until so many have shown that a view marks all that is its readers' own

FindReader = Callable[[dict[str, Any], Connect], Reader | None]


@dataclass(frozen=True)
class Alone:
    """A page that is one reader's alone; good until something is committed anywhere, or, if that
    tells it, as long as the reader's `state` is what it was.
    """

    standing: Standing
    state: Hashable
    kept: Kept
    packed: bytes

    @property
    def words(self) -> Words:
        return pickle.loads(zlib.decompress(self.packed))

    @property
    def size(self) -> int:
        return len(self.packed) + 4096


class Members:
    """The part of the front that answers members."""

    def __init__(self, front: Front, find_reader: FindReader) -> None:
        self.front, self.find_reader = front, find_reader
        self.said: Shelf[Said] = Shelf(MOST_BYTES_SAID)
        self.readers: Recent[Reader] = Recent()
        self.lately = Lately()
        self.filled: Recent[tuple[Kept, Words]] = Recent()
        self.alone: Shelf[Alone] = Shelf(MOST_BYTES_ALONE)
        self.engine: Engine | None = None
        self.agreed: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.distrusted: set[str] = set()

    def forget(self) -> None:
        self.said.clear()
        self.readers.clear()
        self.lately.clear()
        self.filled.clear()
        self.alone.clear()

    def answer(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """A page that others had made, with what is this reader's own; else one made in full."""
        front = self.front
        reader = known = body = None
        try:
            acted = has_acted(environ["HTTP_COOKIE"])
            standing = front.changes.standing_now(at_once=acted)
            with self._connecting() as connect:
                reader = self._reader_of(environ, standing, connect)
                if reader:
                    known = self._known_for(reader, standing, environ)
                    body = put_together(known.words, reader) if known.words else None
        except NotShared:
            known = None
        except Exception:  # whatever it is, the page can still be made in full
            front.app.logger.warning("kept pages are left out", exc_info=True)
            known = None
        if reader is None or known is None:
            return front.inner(environ, start_response)
        if known.kept and body is not None:
            return front.give(known.kept, body, reader.member_id, environ, start_response)
        return self._make(known, reader, environ, start_response)

    def _make(
        self, known: Known, reader: Reader, environ: dict[str, Any], start_response: Start
    ) -> Iterable[bytes]:
        answer = self.front.make(environ, known.standing, reader.member_id)
        if answer.made:
            parted = take_apart(b"".join(answer.body), answer.made.places)
            answer.body = [parted.whole]
            if environ["REQUEST_METHOD"] == "GET":
                answer.headers = with_length(answer.headers, len(parted.whole))
            if is_for_keeping(answer, environ):
                try:
                    (self._put_aside if answer.made.only_for_one else self._learn)(
                        known, parted, answer, environ
                    )
                except Exception:  # the answer is there; the next one is made in full, too
                    self.front.app.logger.warning("a page is not kept", exc_info=True)
        start_response(answer.status, answer.headers)
        return answer.body

    def take_in(self, kept: Kept) -> None:
        """From another process, with what the same places say on other pages here."""
        if isinstance(kept.page, SharedPage):
            kept.page.everywhere = self.said

    def _known_for(self, reader: Reader, standing: Standing, environ: dict[str, Any]) -> Known:
        key = key_of(environ, reader.sharing)
        alone = self.alone.get(_only_for(key, environ))
        if alone and not alone.kept.is_old() and self._stands_alone(alone, reader, standing):
            return Known(standing, key, alone.kept, {}, alone.words)
        kept = self.front.find(key, standing)
        if not kept or not isinstance(kept.page, SharedPage):
            return Known(standing, key)
        filled = self.filled.get(_only_for(key, environ), standing)
        if filled and filled[0] is kept:
            return Known(standing, key, kept, {}, filled[1])
        variants = kept.page.variants_for(reader)
        if not self._is_agreed(kept, kept.page, reader):
            return Known(standing, key, kept, variants)
        words = kept.page.fill(reader, variants)
        if words is not None:
            self.filled.put(_only_for(key, environ), standing, (kept, words))
        return Known(standing, key, kept, variants, words)

    def _stands_alone(self, alone: Alone, reader: Reader, standing: Standing) -> bool:
        if alone.standing is standing:
            return True
        if not alone.kept.made.told_by_state or not self.front.still_stands(alone.kept, standing):
            return False
        return alone.state == tuple(state(reader) for state in states)

    def _is_agreed(self, kept: Kept, page: SharedPage, reader: Reader) -> bool:
        """Whoever had the page made may have it again."""
        trusted = self.agreed[kept.made.endpoint] >= AGREEMENTS_TO_TRUST
        mine = reader.member_id in page.agreed
        return trusted or mine or len(page.agreed) >= READERS_TO_AGREE

    def _put_aside(
        self, known: Known, parted: Parted, answer: Answer, environ: dict[str, Any]
    ) -> None:
        """For this reader alone, who may come back before anything happens."""
        made = answer.made
        standing = self.front.changes.standing_now(at_once=True)
        if made is None or standing is not known.standing:
            return
        state: Hashable = None
        if made.told_by_state:
            with self._connecting() as connect:
                reader = self._reader_of(environ, standing, connect)
                if reader is None:
                    return
                reader = replace(reader, asked={}, acted=True)
                state = tuple(state(reader) for state in states)
        kept = Kept(b"", without_cookies(answer.headers), made)
        packed = zlib.compress(pickle.dumps(parted.words), 1)
        self.alone.put(_only_for(known.key, environ), Alone(standing, state, kept, packed))

    def _learn(self, known: Known, parted: Parted, answer: Answer, environ: dict[str, Any]) -> None:
        """A variant is learned where it was the same before the page was made and after."""
        made = answer.made
        assert made
        standing = self.front.changes.standing_now(at_once=True)
        with self._connecting() as connect:
            reader = self._reader_of(environ, standing, connect)
            if reader is None or made.endpoint in self.distrusted:
                return
            # The page was made from what is, not from counts of a moment ago.
            reader = replace(reader, asked={}, acted=True)
            kept = known.kept if known.kept and made.is_like(known.kept.made) else None
            page = kept.page if kept else SharedPage(parted, reader.member_id, self.said)
            assert isinstance(page, SharedPage)
            try:
                after = page.variants_for(reader)
            except NotShared:
                return
        if not self.front.is_as_made(made, self.front.changes.standing_now(at_once=True)):
            return  # something was written while it was made: it may show what came later
        nothing_happened = standing is known.standing
        sure = after if nothing_happened else dict(after.items() & known.variants.items())
        kept = kept or Kept(page, without_cookies(answer.headers), made)
        if not page.is_same(parted) or not page.learn(reader, parted.said, sure):
            self._disagree(known, made.endpoint, environ)
            return
        if reader.member_id not in page.agreed:
            page.agreed.add(reader.member_id)
            self.agreed[made.endpoint] += 1
        self.front.keep(known.key, kept)

    def _disagree(self, known: Known, endpoint: str, environ: dict[str, Any]) -> None:
        """Something outside the marked places is one reader's own: all must agree anew."""
        self.front.drop(known.key)
        self.filled.clear()
        self.agreed[endpoint] = 0
        self.disagreements[endpoint] += 1
        if self.disagreements[endpoint] >= DISAGREEMENTS_TO_STOP:
            self.distrusted.add(endpoint)
        self.front.app.logger.error("%s is not the same for all who share it", environ["PATH_INFO"])

    def _reader_of(
        self, environ: dict[str, Any], standing: Standing, connect: Connect
    ) -> Reader | None:
        """Found anew after each commit: a sign-in that was ended is over with its commit."""
        cookies = environ["HTTP_COOKIE"]
        key = _digest(cookies)
        known = self.readers.get(key, standing)
        if known:
            return replace(known, connect=connect)
        found = self.find_reader(environ, connect)
        if found is None:
            return None
        reader = replace(found, before=self.lately, acted=has_acted(cookies))
        self.readers.put(key, standing, reader)
        return reader

    @contextmanager
    def _connecting(self) -> Iterator[Connect]:
        """A connection, once it is asked for."""
        connections: list[PoolProxiedConnection] = []

        def connect() -> PoolProxiedConnection:
            if not connections:
                connections.append(self._engine().raw_connection())
            return connections[0]

        try:
            yield connect
        finally:
            for connection in connections:
                connection.close()

    def _engine(self) -> Engine:
        if self.engine is None:
            with self.front.app.app_context():
                self.engine = db.engine
        return self.engine


def _only_for(key: Hashable, environ: dict[str, Any]) -> bytes:
    return _digest(key, environ["HTTP_COOKIE"], environ.get("HTTP_ACCEPT_LANGUAGE"))


def _digest(*parts: Hashable) -> bytes:
    """However long a header is that somebody sends, it is not kept."""
    return blake2b(repr(parts).encode(), digest_size=16).digest()
