"""What members' pages have in common, learned from each that is made in full."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from community import clock
from community.keeping.answers import (
    Headers,
    Kept,
    Known,
    is_for_keeping,
    prefix_of,
    with_length,
    without_cookies,
)
from community.keeping.asking import Asking
from community.keeping.own import NotShared, Reader
from community.keeping.pages import Asked, Made, Wanted
from community.keeping.parting import Parted, Words, take_apart
from community.keeping.sharing import LEARNED_FOR, Said, SharedPage
from community.keeping.shelf import Shelf
from community.versions import Standing

if TYPE_CHECKING:
    from community.keeping.front import Front, Start

MOST_BYTES_SAID, MOST_BYTES_ALONE = 4 * 1024 * 1024, 1024 * 1024
READERS_TO_AGREE = 2  # before a third gets a page that was put together,
AGREEMENTS_TO_TRUST = 20  # until so many have shown that a view marks all that is its readers' own
DISAGREEMENTS_TO_STOP = 10


@dataclass(frozen=True)
class Alone:
    """A page that is one reader's alone; good until something is committed anywhere."""

    standing: Standing
    kept: Kept
    packed: bytes

    @property
    def words(self) -> Words:
        return pickle.loads(zlib.decompress(self.packed))

    @property
    def size(self) -> int:
        return len(self.packed) + 4096


class Learning:
    """`said` are the variants that are the same on every page, `alone` the pages of one reader."""

    def __init__(self, front: Front, asking: Asking) -> None:
        self.front, self.asking = front, asking
        self.said: Shelf[Said] = Shelf(MOST_BYTES_SAID)
        self.said_since = clock.now()
        self.alone: Shelf[Alone] = Shelf(MOST_BYTES_ALONE)
        self.agreed: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.distrusted: set[str] = set()

    def forget(self) -> None:
        self.said.clear()
        self.alone.clear()

    def is_agreed(self, kept: Kept, page: SharedPage, reader: Reader) -> bool:
        """Whoever had the page made may have it again."""
        trusted = self.agreed[kept.made.endpoint] >= AGREEMENTS_TO_TRUST
        mine = reader.member_id in page.agreed
        return trusted or mine or len(page.agreed) >= READERS_TO_AGREE

    def make(self, known: Known, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """The page in full, and what can be learned of it."""
        if not timedelta(0) <= clock.now() - self.said_since < LEARNED_FOR:
            self.said.clear()
            self.said_since = clock.now()
        answer = self.front.make(environ, Asked(known.reader))
        wanted = answer.wanted
        if wanted:
            parted = take_apart(b"".join(answer.body), wanted.places)
            answer.body = [parted.whole]
            if environ["REQUEST_METHOD"] == "GET":
                answer.headers = with_length(answer.headers, len(parted.whole))
            if is_for_keeping(answer, environ):
                keep = self._put_aside if wanted.made.only_for_one else self._learn
                try:
                    keep(known, parted, wanted, answer.headers)
                except Exception:  # the answer is there; the next one is made in full, too
                    self.front.app.logger.warning("a page is not kept", exc_info=True)
        start_response(answer.status, answer.headers)
        return answer.body

    def _put_aside(self, known: Known, parted: Parted, wanted: Wanted, headers: Headers) -> None:
        """For this reader alone, who may come back before anything happens."""
        kept = Kept(b"", without_cookies(headers), wanted.made)
        packed = zlib.compress(pickle.dumps(parted.words), 1)
        self.alone.put(known.mine, Alone(known.standing, kept, packed))

    def _learn(self, known: Known, parted: Parted, wanted: Wanted, headers: Headers) -> None:
        made = wanted.made
        reader = known.reader.but(house=made.stands[0])  # the page may be newer than they are
        if made.endpoint in self.distrusted:
            return
        older = known.kept
        kept = older if older and made.is_like(older.made) else None
        kept = kept or Kept(self._new_page(known, parted, made), without_cookies(headers), made)
        page = kept.page
        assert isinstance(page, SharedPage)
        if not page.is_same(parted) or not page.learn(reader, parted, wanted.variants):
            self._disagree(known, made.endpoint)
            return
        if reader.member_id not in page.agreed:
            page.agreed.add(reader.member_id)
            self.agreed[made.endpoint] += 1
        if older is None or older is kept or not self._lacked_only_rows(older, reader):
            self.front.keep(known.key, kept)

    def _lacked_only_rows(self, kept: Kept, reader: Reader) -> bool:
        """Whether the page that was kept would do for this reader, now that its new rows are known.

        Then it stays: of a newer one, all others would have theirs put together again.
        """
        page = kept.page
        assert isinstance(page, SharedPage)
        if not page.has_lists or kept.made.stands[0] != reader.house:
            return False
        if not self.is_agreed(kept, page, reader):
            return False
        with self.asking.connecting() as connect:
            try:
                return page.fill(reader.but(connect=connect)) is not None
            except NotShared:
                return False

    def _new_page(self, known: Known, parted: Parted, made: Made) -> SharedPage:
        page = SharedPage(parted, known.reader.member_id, self.said, prefix_of(known.key))
        older = self.front.last_kept(known.key)
        if older and isinstance(older.page, SharedPage) and older.made.stands[0] == made.stands[0]:
            page.inherit(older.page)
        return page

    def _disagree(self, known: Known, endpoint: str) -> None:
        """Something outside the marked places is one reader's own: all must agree anew."""
        self.front.drop(known.key)
        self.agreed[endpoint] = 0
        self.disagreements[endpoint] += 1
        if self.disagreements[endpoint] >= DISAGREEMENTS_TO_STOP:
            self.distrusted.add(endpoint)
        self.front.app.logger.error("%s is not the same for all who share it", endpoint)
