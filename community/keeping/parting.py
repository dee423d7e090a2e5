"""Pages taken apart at their marks, and put together again."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from community.keeping.own import LIST, PLACE, ROW, TEXT, Place, Reader, say

IN_PLACE, IN_TEXT, IN_LIST, IN_ROW = (mark.encode() for mark in (PLACE, TEXT, LIST, ROW))

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
    whole = body
    for mark in (IN_TEXT, IN_PLACE, IN_LIST, IN_ROW):
        outside, _numbers, said = _cut(whole, mark)
        whole = b"".join(_standing(outside, said))
    outside, numbers, _said = _cut(body, IN_TEXT)
    bare = b"".join(_standing(outside, [_empty(IN_TEXT, number) for number in numbers]))
    if IN_LIST not in bare:
        rest = _apart(bare, places)
        return Parted(rest, {}, whole, rest.words)
    flat, lists = [], {}
    outside, numbers, said = _cut(bare, IN_LIST)
    for rows, number in zip(said, numbers, strict=True):
        between, keys, found = _cut(rows, IN_ROW)
        flat.append(b"".join(_standing(between, found)))
        lists[places[number]] = [
            (places[key].about, _apart(row, places)) for key, row in zip(keys, found, strict=True)
        ]
    empty = [_empty(IN_PLACE, number) for number in numbers]
    rest = _apart(b"".join(_standing(outside, empty)), places)
    flat = _apart(b"".join(_standing(outside, flat)), places)
    return Parted(rest, lists, whole, flat.words)


def _cut(body: bytes, mark: bytes) -> tuple[list[bytes], list[int], list[bytes]]:
    """What stands outside these marks; and within each pair, the number and what it says.

    They never stand within each other, so every other piece is in a pair: no search is as fast.
    """
    pieces = body.split(mark)
    within = [piece.partition(b"|") for piece in pieces[1::2]]
    return pieces[0::2], [int(one) for one, _bar, _said in within], [one[2] for one in within]


def _standing(outside: list[bytes], said: Sequence[Any]) -> list[Any]:
    """All in the order in which it stands."""
    pieces: list[Any] = [b""] * (len(outside) + len(said))
    pieces[0::2], pieces[1::2] = outside, said
    return pieces


def _empty(mark: bytes, number: int) -> bytes:
    return b"%b%d|%b" % (mark, number, mark)


def _apart(body: bytes, places: Sequence[Place]) -> Apart:
    outside, numbers, within = _cut(body, IN_PLACE)
    pieces, said = ([_words(one, places) for one in some] for some in (outside, within))
    standing = tuple([places[number] for number in numbers])
    return Apart(tuple(pieces), standing, tuple(numbers), tuple(said))


def _words(piece: bytes, places: Sequence[Place]) -> Words:
    if IN_TEXT not in piece:
        return (piece,) if piece else ()
    outside, numbers, _said = _cut(piece, IN_TEXT)
    standing = _standing(outside, [places[number] for number in numbers])
    return tuple([word for word in standing if word])


def put_together(words: Words, reader: Reader) -> bytes:
    """With the texts that are made for this reader."""
    said = [word if type(word) is bytes else say(reader, word) for word in words]  # type: ignore[arg-type]
    return b"".join(said)


def size_of(words: Words) -> int:
    """In memory: what each object takes beside what it says is a good part of it."""
    return 40 + sum(48 + len(word) if isinstance(word, bytes) else 150 for word in words)
