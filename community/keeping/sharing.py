"""Pages taken apart and put together: what all who share one have in common, and the variants."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from community.keeping.own import (
    PLACE,
    TEXT,
    Place,
    Reader,
    by_kind,
    everywhere_the_same,
    lasting_kinds,
    texts,
    variants_for,
)
from community.keeping.shelf import Shelf

MOST_VARIANTS = 400
_PLACE, _TEXT = re.escape(PLACE.encode()), re.escape(TEXT.encode())
IN_PLACE = re.compile(_PLACE + rb"(\d+)\|(.*?)" + _PLACE, re.DOTALL)
IN_TEXT = re.compile(_TEXT + rb"(\d+)\|(.*?)" + _TEXT, re.DOTALL)
BLANK = re.compile(_TEXT + rb"(\d+)\|" + _TEXT)

# What stands there, and between it the places of texts that are made for each reader.
Words = tuple[bytes | Place, ...]


@dataclass(frozen=True)
class Parted:
    """A page taken apart: what is the same for all, and what stood in the places between.

    In both, the texts that are made for each reader are left out, and stand in `whole` alone.
    `numbers`: which of all marked places those are that stand here.
    """

    pieces: tuple[Words, ...]
    places: tuple[Place, ...]
    numbers: tuple[int, ...]
    said: tuple[Words, ...]
    whole: bytes

    @property
    def words(self) -> Words:
        """The page of the one it was made for."""
        between = zip(self.pieces, (*self.said, ()), strict=True)
        return tuple(word for pair in between for words in pair for word in words)


def take_apart(body: bytes, places: Sequence[Place]) -> Parted:
    whole = IN_PLACE.sub(rb"\2", IN_TEXT.sub(rb"\2", body))
    found = IN_PLACE.split(IN_TEXT.sub(_blank, body))
    numbers = tuple(int(number) for number in found[1::3])
    standing = tuple(places[number] for number in numbers)
    pieces, said = ([_words(one, places) for one in some] for some in (found[0::3], found[2::3]))
    return Parted(tuple(pieces), standing, numbers, tuple(said), whole)


def _blank(text: re.Match[bytes]) -> bytes:
    return b"%b%b|%b" % (TEXT.encode(), text[1], TEXT.encode())


def _words(piece: bytes, places: Sequence[Place]) -> Words:
    cut = BLANK.split(piece)
    return tuple(
        places[int(word)] if number % 2 else word for number, word in enumerate(cut) if word
    )


def put_together(words: Words, reader: Reader) -> bytes:
    """With the texts that are made for this reader."""
    return b"".join(
        [
            word if isinstance(word, bytes) else texts[word.kind](reader, *word.about).encode()
            for word in words
        ]
    )


def size_of(words: Words) -> int:
    return sum(len(word) if isinstance(word, bytes) else 100 for word in words)


@dataclass(frozen=True)
class Said:
    """What one variant of a place says, of those that are the same on every page."""

    words: Words

    @property
    def size(self) -> int:
        return size_of(self.words) + 200


class SharedPage:
    """The pieces that all share, and the variants of each place that were seen so far."""

    def __init__(self, parted: Parted, maker: int, everywhere: Shelf[Said]) -> None:
        self.pieces, self.places, self.everywhere = parted.pieces, parted.places, everywhere
        self.kinds = by_kind(self.places)
        self.agreed = {maker}
        self.learned: dict[tuple[Place, Hashable], Words] = {}
        self.found: dict[tuple[int, Hashable], Words] = {}

    def __getstate__(self) -> dict[str, Any]:
        """What is the same on every page stays with the process. Others may learn meanwhile."""
        known = {"agreed": self.agreed.copy(), "learned": self.learned.copy()}
        return {**self.__dict__, **known, "found": {}, "everywhere": None}

    def inherit(self, older: "SharedPage") -> None:
        """Take up what still stands of what was learned of an older page of this house."""
        places = set(self.places)
        for (place, variant), words in older.learned.copy().items():
            if place.kind in lasting_kinds and place in places:
                self.learned[place, variant] = words

    def is_same(self, parted: Parted) -> bool:
        return parted.pieces == self.pieces and parted.places == self.places

    def variants_for(self, reader: Reader) -> list[Hashable]:
        """Which variant of each place is the reader's; raises `NotShared`."""
        return variants_for(reader, self.kinds, len(self.places))

    def learn(self, reader: Reader, said: Sequence[Words], chosen: Sequence[Hashable]) -> bool:
        """Take up what this reader's page said; False if two differ where they should not."""
        for place, words, variant in zip(self.places, said, chosen, strict=True):
            known = self._known(reader, place, variant)
            if known is not None and known != words:
                return False
            if known is None and place.kind in everywhere_the_same:
                self.everywhere.put((place.kind, reader.language, variant), Said(words))
            elif known is None and len(self.learned) < MOST_VARIANTS:
                self.learned[place, variant] = words
        return True

    def fill(self, reader: Reader, chosen: Sequence[Hashable]) -> Words | None:
        """The reader's page, or `None` where a place has a variant that was not seen yet."""
        filled: list[bytes | Place] = []
        for number, variant in enumerate(chosen):
            said = self.found.get((number, variant))
            if said is None:
                said = self._known(reader, self.places[number], variant)
                if said is None:
                    return None
                self.found[number, variant] = said
            filled += self.pieces[number]
            filled += said
        return (*filled, *self.pieces[-1])

    def _known(self, reader: Reader, place: Place, variant: Hashable) -> Words | None:
        if place.kind not in everywhere_the_same:
            return self.learned.get((place, variant))
        found = self.everywhere.get((place.kind, reader.language, variant))
        return found and found.words

    @property
    def size(self) -> int:
        """With room for what is still to be learned."""
        return 2 * sum(map(size_of, self.pieces))
