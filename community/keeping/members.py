"""Members' answers: pages that their like had made, with what is each reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from community.keeping.acting import has_acted
from community.keeping.answers import Kept, Known, key_of
from community.keeping.asking import Asking, Readers
from community.keeping.changes import away
from community.keeping.learning import Learning
from community.keeping.own import NotShared
from community.keeping.parting import Words, put_together
from community.keeping.reader import Chosen, Reader
from community.keeping.recent import Lately
from community.keeping.sharing import SharedPage
from community.keeping.shelf import digest
from community.versions import Standing

if TYPE_CHECKING:
    from community.keeping.front import Front, Start

MOST_FILLED = 250  # of pages that were on the shelf


class Filled(NamedTuple):
    """A page with what is one reader's own: good as long as the page is, and they are the same."""

    kept: Kept
    words: Words
    whose: tuple[int, int, Chosen]
    standing: Standing

    @classmethod
    def of(cls, reader: Reader, kept: Kept, words: Words, standing: Standing) -> Filled:
        return cls(kept, words, (reader.house, reader.version, reader.chosen), standing)

    def is_for(self, reader: Reader, kept: Kept, standing: Standing) -> bool:
        """Who has just acted is told the truth after each commit."""
        same = self.kept is kept and self.whose == (reader.house, reader.version, reader.chosen)
        return same and (self.standing is standing or not reader.acted)


class Members:
    """The part of the front that answers members."""

    def __init__(self, front: Front, readers: Readers) -> None:
        self.front = front
        self.asking = Asking(front.app, readers)
        self.learning = Learning(front, self.asking)
        self.filled = Lately(MOST_FILLED)

    def forget(self) -> None:
        self.asking.forget()
        self.learning.forget()
        self.filled.clear()

    def answer(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """A page that others had made, with what is this reader's own; else one made in full."""
        known = self._look(environ)
        if known and not known.body:
            with self.front.turns.at(known.key) as waited:
                known = self._look(environ) if waited else known
                if known and not known.body:
                    return self.learning.make(known, environ, start_response)
        if known and known.kept and known.body:
            member_id = known.reader.member_id
            return self.front.give(known.kept, known.body, member_id, environ, start_response)
        return self.front.inner(environ, start_response)

    def take_in(self, kept: Kept) -> None:
        """From another process, with what the same places say on other pages here."""
        if isinstance(kept.page, SharedPage):
            kept.page.everywhere = self.learning.said

    def _look(self, environ: dict[str, Any]) -> Known | None:
        """Nothing where this front cannot help: the page can still be made in full."""
        acted, changes = has_acted(environ["HTTP_COOKIE"]), self.front.changes
        try:
            if acted:
                standing = people = changes.standing_at_once()
            else:
                standing, people = changes.standing_now(), changes.people_now()
            with self.asking.connecting() as connect:
                reader = self.asking.reader_of(environ, people, connect)
                if reader is None:
                    return None
                known = self._known_for(reader, standing, environ)
                if known.words:
                    known.body = put_together(known.words, reader)
                return known
        except (NotShared, *away()):
            return None
        except Exception:
            self.front.app.logger.warning("kept pages are left out", exc_info=True)
            return None

    def _known_for(self, reader: Reader, standing: Standing, environ: dict[str, Any]) -> Known:
        key = key_of(environ, reader.sharing)
        mine = digest(key, environ["HTTP_COOKIE"], environ.get("HTTP_ACCEPT_LANGUAGE"))
        alone = self.learning.alone.get(mine)
        if alone and alone.standing is standing and not alone.kept.is_old():
            return Known(reader, standing, key, mine, alone.kept, alone.words)
        kept = self.front.find(key, standing)
        if not kept or not isinstance(kept.page, SharedPage):
            return Known(reader, standing, key, mine)
        filled: Filled | None = self.filled.known(mine)
        if filled and filled.is_for(reader, kept, standing):
            return Known(reader, standing, key, mine, kept, filled.words)
        known = Known(reader, standing, key, mine, kept)
        if self.learning.is_agreed(kept, kept.page, reader):
            known.words = kept.page.fill(reader)
        if known.words is not None and self.front.shelf.holds(key, kept):
            # What is in it may be old already: the page is not to make it older.
            now = Filled.of(reader, kept, known.words, standing)
            self.filled.put(mine, now, reader.oldest)
        return known
