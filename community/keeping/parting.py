"""Pages taken apart at their marks, and put together again."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from community.keeping.own import LIST, PLACE, ROW, TEXT, Place, Reader, say

MARKS = [re.escape(mark.encode()) for mark in (PLACE, TEXT, LIST, ROW)]
IN_PLACE, IN_TEXT, IN_LIST, IN_ROW = (
    re.compile(mark + rb"(\d+)\|(.*?)" + mark, re.DOTALL) for mark in MARKS
)
BLANK = re.compile(MARKS[1] + rb"(\d+)\|" + MARKS[1])

# What stands there, and between it the places of texts that are made for each reader. Read back
# from the disk, all places are plain tuples: equal to what they were, but without names.
Words = tuple[bytes | Place, ...]


@dataclass(frozen=True)
class Apart:
    """What is the same for all, and what stood in the places between. The texts that are made for
    each reader are left out in both. `numbers`: which of all marked places those are.
    """

    pieces: tuple[Words, ...]
    places: tuple[Place, ...]
    numbers: tuple[int, ...]
    said: tuple[Words, ...]

    @property
    def words(self) -> Words:
        between = zip(self.pieces, (*self.said, ()), strict=True)
        return tuple(word for pair in between for words in pair for word in words)


@dataclass(frozen=True)
class Parted:
    """A page taken apart; where a list is to stand, `rest` has an empty place of its kind."""

    rest: Apart
    lists: Mapping[Place, Sequence[tuple[Hashable, Apart]]]
    whole: bytes
    words: Words


def take_apart(body: bytes, places: Sequence[Place]) -> Parted:
    bare = IN_TEXT.sub(_blank, body)
    flat = IN_ROW.sub(rb"\2", IN_LIST.sub(rb"\2", bare))
    lists: dict[Place, list[tuple[Hashable, Apart]]] = {}

    def set_apart(found: re.Match[bytes]) -> bytes:
        rows = IN_ROW.findall(found[2])
        lists[places[int(found[1])]] = [
            (places[int(number)].about, _apart(row, places)) for number, row in rows
        ]
        return b"%b%b|%b" % (PLACE.encode(), found[1], PLACE.encode())

    rest = _apart(IN_LIST.sub(set_apart, bare), places)
    whole = IN_PLACE.sub(rb"\2", IN_TEXT.sub(rb"\2", body))
    whole = IN_ROW.sub(rb"\2", IN_LIST.sub(rb"\2", whole))
    return Parted(rest, lists, whole, _apart(flat, places).words)


def _apart(body: bytes, places: Sequence[Place]) -> Apart:
    found = IN_PLACE.split(body)
    numbers = tuple(int(number) for number in found[1::3])
    standing = tuple(places[number] for number in numbers)
    pieces, said = ([_words(one, places) for one in some] for some in (found[0::3], found[2::3]))
    return Apart(tuple(pieces), standing, numbers, tuple(said))


def _blank(text: re.Match[bytes]) -> bytes:
    return b"%b%b|%b" % (TEXT.encode(), text[1], TEXT.encode())


def _words(piece: bytes, places: Sequence[Place]) -> Words:
    cut = BLANK.split(piece)
    return tuple(
        places[int(word)] if number % 2 else word for number, word in enumerate(cut) if word
    )


def put_together(words: Words, reader: Reader) -> bytes:
    """With the texts that are made for this reader."""
    said = [word if type(word) is bytes else say(reader, word) for word in words]  # type: ignore[arg-type]
    return b"".join(said)


def size_of(words: Words) -> int:
    """In memory: what each object takes beside what it says is a good part of it."""
    return 40 + sum(48 + len(word) if isinstance(word, bytes) else 150 for word in words)
