"""What all who share a page have in common, and the variants of its places."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from community import clock
from community.keeping.own import (
    Grouped,
    Place,
    Reader,
    by_kind,
    by_place,
    everywhere_the_same,
    lasting_kinds,
    lists,
    variants_for,
)
from community.keeping.parting import Apart, Parted, Words, size_of
from community.keeping.shelf import Shelf
from community.keeping.texts import Layout, Texts, Wanted, texts_in

MOST_VARIANTS, MOST_LAYOUTS = 400, 8
# What outlives its page is learned anew from time to time: the version of what it shows may have
# been forgotten somewhere.
LEARNED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Said:
    """What one variant of a place says, of those that are the same on every page; or a row of a
    list, whose places stand between the pieces.
    """

    pieces: tuple[Words, ...]
    places: tuple[Place, ...] = ()

    @property
    def size(self) -> int:
        return sum(map(size_of, self.pieces)) + 200 + 300 * len(self.places)


@dataclass(frozen=True)
class Laid:
    """A page as one reader has it, with the rows of their lists."""

    pieces: Sequence[Words]
    places: Sequence[Place]
    kinds: Sequence[Grouped]


class SharedPage:
    """The pieces that all share, and the variants of each place that were seen so far.

    `prefix` is what the request put before all links.
    """

    def __init__(self, parted: Parted, maker: int, everywhere: Shelf[Said], prefix: str) -> None:
        self.pieces, self.places = parted.rest.pieces, parted.rest.places
        self.everywhere, self.prefix = everywhere, prefix
        self.has_lists = bool(parted.lists)
        self.kinds = by_kind(self.places)
        self.agreed = {maker}
        self.learned: dict[tuple[Place, Hashable], Words] = {}
        self.layouts: dict[Hashable, Layout] = {}
        self.texts: Wanted | None = None
        self.since = clock.now()

    def __reduce__(self) -> tuple[Any, ...]:
        """Plain tuples alone, which are read back fast. What is the same on every page stays with
        the process. Others may learn meanwhile.
        """
        plain = {place: tuple(place) for place in self.places}  # each put down once
        learned = {
            (plain.get(place) or tuple(place), variant): _plainly(words)
            for (place, variant), words in self.learned.copy().items()
        }
        pieces = tuple([_plainly(words) for words in self.pieces])
        flat = pieces, tuple(plain[place] for place in self.places), self.prefix, self.has_lists
        return _read_back, (*flat, tuple(self.agreed.copy()), learned, self.since)

    def inherit(self, older: "SharedPage") -> None:
        """Take up what still stands of what was learned of an older page of this house."""
        if not timedelta(0) <= clock.now() - older.since < LEARNED_FOR:
            return
        self.since = older.since
        lasting = {place for place in self.places if place[0] in lasting_kinds}
        for (place, variant), words in older.learned.copy().items():
            if place in lasting:
                self.learned[place, variant] = words

    def is_same(self, parted: Parted) -> bool:
        return parted.rest.pieces == self.pieces and parted.rest.places == self.places

    def learn(self, reader: Reader, parted: Parted, variants: Sequence[Hashable]) -> bool:
        """Take up what this reader's page said; False if two differ where they should not.

        `variants` are those of all marked places, by their numbers.
        """
        rows = [(kind, key, row) for kind, rows in parted.lists.items() for key, row in rows]
        parts = [parted.rest, *(row for _list, _key, row in rows)]
        return all(self._learn(reader, part, variants) for part in parts) and all(
            self._learn_row(self._row(reader, place.kind, key), Said(row.pieces, row.places))
            for place, key, row in rows
        )

    def _learn(self, reader: Reader, part: Apart, variants: Sequence[Hashable]) -> bool:
        for place, words, number in zip(part.places, part.said, part.numbers, strict=True):
            variant = variants[number]
            known = self._known(reader, place, variant)
            if known is not None and known != words:
                return False
            if known is None and place.kind in everywhere_the_same:
                self.everywhere.put(self._variant(reader, place.kind, variant), Said((words,)))
            elif known is None and len(self.learned) < MOST_VARIANTS:
                self.learned[place, variant] = words
        return True

    def _learn_row(self, name: Hashable, row: Said) -> bool:
        known = self.everywhere.get(name)
        if known is None:
            self.everywhere.put(name, row)
        return known is None or known == row

    def fill(self, reader: Reader) -> Words | None:
        """The reader's page, but for the texts that are new each time, or `None` where a row or a
        variant was not seen yet; raises `NotShared`.
        """
        texts = Texts(self._texts_between())
        if self.has_lists:
            rows = [lists[kind] for kind, _about in self.places if kind in lists]
            variants_for(reader, self.kinds, texts.make, *rows)
        laid = self._laid_out(reader)
        if laid is None:
            return None
        chosen = variants_for(reader, laid.kinds, texts.make)
        layout = self.layouts.get(chosen) or self._layout(reader, laid, chosen)
        return layout and layout.with_texts(texts, reader)

    def _layout(
        self, reader: Reader, laid: Laid, chosen: tuple[tuple[Hashable, ...], ...]
    ) -> Layout | None:
        words: list[bytes | Place] = []
        variants = by_place(laid.kinds, chosen, len(laid.places))
        for piece, place, variant in zip(laid.pieces, laid.places, variants, strict=False):
            said = self._known(reader, place, variant)
            if said is None:
                return None
            words += piece
            words += said
        words += laid.pieces[-1]
        layout = Layout(tuple(words), self._texts_between())
        if len(self.layouts) < MOST_LAYOUTS and not self.has_lists:
            self.layouts[chosen] = layout
        return layout

    def _texts_between(self) -> Wanted:
        if self.texts is None:
            self.texts = texts_in(word for words in self.pieces for word in words)
        return self.texts

    def _laid_out(self, reader: Reader) -> Laid | None:
        if not self.has_lists:
            return Laid(self.pieces, self.places, self.kinds)
        pieces, places = [self.pieces[0]], list[Place]()
        for place, piece in zip(self.places, self.pieces[1:], strict=True):
            kind, _about = place
            if kind not in lists:
                places.append(place)
                pieces.append(piece)
                continue
            for key in lists[kind](reader):
                row = self.everywhere.get(self._row(reader, kind, key))
                if row is None:
                    return None
                pieces[-1] += row.pieces[0]
                pieces += row.pieces[1:]
                places += row.places
            pieces[-1] += piece
        return Laid(pieces, places, by_kind(places))

    def _known(self, reader: Reader, place: Place, variant: Hashable) -> Words | None:
        kind, _about = place
        if kind in lists:
            return ()
        if kind not in everywhere_the_same:
            return self.learned.get((place, variant))
        found = self.everywhere.get(self._variant(reader, kind, variant))
        return found and found.pieces[0]

    @property
    def size(self) -> int:
        """With what finding it again takes."""
        said = sum(map(size_of, self.pieces)) + sum(map(size_of, self.learned.copy().values()))
        return said + 300 * (len(self.places) + len(self.learned))

    def _variant(self, reader: Reader, kind: str, variant: Hashable) -> Hashable:
        """What is the same on every page, by its name there."""
        return self.prefix, kind, reader.language, variant

    def _row(self, reader: Reader, kind: str, key: Hashable) -> Hashable:
        """A row of a list, for all who share it."""
        return self.prefix, kind, reader.sharing, reader.house, key


def _plainly(words: Words) -> tuple[Any, ...]:
    return tuple([word if isinstance(word, bytes) else tuple(word) for word in words])


def _read_back(
    pieces: Any,
    places: Any,
    prefix: str,
    has_lists: bool,
    agreed: Any,
    learned: Any,
    since: datetime,
) -> SharedPage:
    page = SharedPage.__new__(SharedPage)
    page.pieces, page.places = pieces, places
    page.prefix, page.has_lists = prefix, has_lists
    page.agreed, page.learned, page.since = set(agreed), learned, since
    page.kinds, page.layouts, page.texts = by_kind(page.places), {}, None
    return page
