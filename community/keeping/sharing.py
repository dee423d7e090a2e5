"""Pages taken apart and put together: what all who share one have in common, and the variants."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from community.keeping.own import (
    PLACE,
    TEXT,
    Place,
    Reader,
    everywhere_the_same,
    texts,
    variants,
)
from community.keeping.shelf import Shelf

MOST_VARIANTS = 400
_PLACE, _TEXT = re.escape(PLACE.encode()), re.escape(TEXT.encode())
IN_PLACE = re.compile(_PLACE + rb"(\d+)\|(.*?)" + _PLACE, re.DOTALL)
IN_TEXT = re.compile(_TEXT + rb"(\w+)\|(.*?)" + _TEXT, re.DOTALL)


@dataclass(frozen=True)
class Parted:
    """A page taken apart: what is the same for all, and what stood in the places between.

    In both, the texts that are made for each reader are left out, and stand in `whole` alone.
    """

    pieces: tuple[bytes, ...]
    places: tuple[Place, ...]
    said: tuple[bytes, ...]
    whole: bytes


def take_apart(body: bytes, places: Sequence[Place]) -> Parted:
    whole = IN_PLACE.sub(rb"\2", IN_TEXT.sub(rb"\2", body))
    found = IN_PLACE.split(IN_TEXT.sub(_blank, body))
    standing = tuple(places[int(number)] for number in found[1::3])
    return Parted(tuple(found[0::3]), standing, tuple(found[2::3]), whole)


def _blank(text: re.Match[bytes]) -> bytes:
    return b"%b%b|%b" % (TEXT.encode(), text[1], TEXT.encode())


@dataclass(frozen=True)
class Said:
    """What one variant of a place says, of those that are the same on every page."""

    text: bytes

    @property
    def size(self) -> int:
        return len(self.text) + 200


class SharedPage:
    """The pieces that all share, and the variants of each place that were seen so far."""

    def __init__(self, parted: Parted, maker: int, everywhere: Shelf[Said]) -> None:
        self.pieces, self.places, self.everywhere = parted.pieces, parted.places, everywhere
        self.agreed = {maker}
        self.learned: dict[tuple[Place, Hashable], bytes] = {}

    def is_same(self, parted: Parted) -> bool:
        return parted.pieces == self.pieces and parted.places == self.places

    def variants_for(self, reader: Reader) -> dict[Place, Hashable]:
        """Which variant of each place is the reader's; raises `NotShared`."""
        found: dict[Place, Hashable] = {}
        for kind, places in _by_kind(self.places).items():
            if kind in variants:
                asked = variants[kind](reader, [place.about for place in places])
                found.update(zip(places, asked, strict=True))
        return found

    def learn(
        self, reader: Reader, said: Sequence[bytes], chosen: Mapping[Place, Hashable]
    ) -> bool:
        """Take up what this reader's page said; False if two differ where they should not."""
        for place, text in zip(self.places, said, strict=True):
            if place not in chosen:
                continue
            known = self._known(reader, place, chosen[place])
            if known is not None and known != text:
                return False
            if known is None and place.kind in everywhere_the_same:
                key = (place.kind, reader.language, chosen[place])
                self.everywhere.put(key, Said(text))
            elif known is None and len(self.learned) < MOST_VARIANTS:
                self.learned[place, chosen[place]] = text
        return True

    def fill(self, reader: Reader, chosen: Mapping[Place, Hashable]) -> bytes | None:
        """The reader's page, or `None` where a place has a variant that was not seen yet."""
        said: dict[Place, bytes] = {}
        for place, variant in chosen.items():
            known = self._known(reader, place, variant)
            if known is None:
                return None
            said[place] = known
        body = b"".join(_interleaved(self.pieces, [said[place] for place in self.places]))
        return IN_TEXT.sub(lambda found: texts[found[1].decode()](reader).encode(), body)

    def _known(self, reader: Reader, place: Place, variant: Hashable) -> bytes | None:
        if place.kind not in everywhere_the_same:
            return self.learned.get((place, variant))
        found = self.everywhere.get((place.kind, reader.language, variant))
        return found and found.text

    @property
    def size(self) -> int:
        """With room for what is still to be learned."""
        return 2 * sum(map(len, self.pieces))


def _by_kind(places: Sequence[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in dict.fromkeys(places):
        found.setdefault(place.kind, []).append(place)
    return found


def _interleaved(pieces: Sequence[bytes], said: Sequence[bytes]) -> Iterator[bytes]:
    for piece, text in zip(pieces, said, strict=False):
        yield piece
        yield text
    yield pieces[-1]
