"""What on a page shared by many is one reader's own: marked in templates, filled in for each.

    {% call own("threads.actions", post.id, post.author_id) %}…{% endcall %}

While a page is made for keeping, the marks stay in it, and what stood between them is learned as
one *variant* of the place. For the next reader the room that registered the kind says which variant
is theirs; a variant that nobody has had before is learned by making the page in full.
"""

import secrets
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

from flask import g
from markupsafe import Markup

from community.escaping import marked
from community.identifiers import new_token
from community.keeping.reader import Reader, answered

# Nobody outside this process can write these.
PLACE, TEXT, LIST, ROW = (f"[{secrets.token_hex(12)}]" for _mark in range(4))


class Place(NamedTuple):
    """One marked place; `about` are the plain values that its kind needs to know."""

    kind: str
    about: tuple[Any, ...]


class Marks:
    """The marks in a page that is being made, in the order in which they end."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.within_place = False

    def put(self, mark: str, place: Place, said: Markup) -> Markup:
        self.places.append(place)
        return marked(f"{mark}{len(self.places) - 1}|{said}{mark}")


class NotShared(Exception):
    """This reader's page has something of their own that no place is marked for."""


Abouts = Sequence[tuple[Any, ...]]
Variants = Callable[[Reader, Abouts], Sequence[Hashable]]
TextsOf = Callable[[Reader, Abouts], Sequence[str]]
# Where the places of one kind stand on a page, and what says which variants they are.
Grouped = tuple[list[int], Callable[[Reader], Sequence[Hashable]]]
RowsOf = Callable[[Reader], Sequence[Hashable]]
F = TypeVar("F", bound=Callable[..., Any])

variants: dict[str, Variants] = {}
everywhere_the_same: set[str] = set()
lasting_kinds: set[str] = set()
texts: dict[str, TextsOf] = {}
new_each_time: set[str] = set()
lists: dict[str, RowsOf] = {}


def variants_of(kind: str, *, everywhere: bool = False, lasting: bool = False) -> Callable[[F], F]:
    """Register what says, for all places of one kind on a page, which variant is the reader's.

    It raises `NotShared` where the page cannot be put together for this reader. `everywhere`: the
    same variant says the same on every page, whatever its versions. `lasting`: so does the same
    place, for its `about` names all that the place shows but what the house's version covers.
    """

    def register(function: F) -> F:
        variants[kind] = function
        if everywhere:
            everywhere_the_same.add(kind)
        if lasting:
            lasting_kinds.add(kind)
        return function

    return register


def text_of(kind: str, *, each_time: bool = False) -> Callable[[F], F]:
    """Register what makes the texts of all places of one kind, from the reader and what those are
    about: with each page that they are given or `each_time` they are given the page.

    It can stand within another place, too, and nothing is learned of it: for what hardly two
    readers have in common.
    """

    def register(function: F) -> F:
        texts[kind] = function
        if each_time:
            new_each_time.add(kind)
        return function

    return register


def rows_of(kind: str) -> Callable[[F], F]:
    """Register what says which rows a list of this kind has for a reader, by their keys.

    A row is the same, but for the places in it, for all who share, as long as its key is and the
    house's version; all its places must be of kinds that are the same everywhere.
    """

    def register(function: F) -> F:
        lists[kind] = function
        return function

    return register


def by_kind(places: Sequence[Place]) -> list[Grouped]:
    found: dict[str, tuple[list[int], list[tuple[Any, ...]]]] = {}
    for number, (kind, about) in enumerate(places):
        if kind in variants:
            numbers, abouts = found.setdefault(kind, ([], []))
            numbers.append(number)
            abouts.append(about)
    return [(numbers, _variants_of(kind, abouts)) for kind, (numbers, abouts) in found.items()]


def variants_for(
    reader: Reader, kinds: Sequence[Grouped], *others: Callable[[Reader], Any]
) -> tuple[tuple[Hashable, ...], ...]:
    """Which variants are the reader's, of the places of each kind; raises `NotShared`. What
    `others` want to know is asked along.
    """
    works = [work for _numbers, work in kinds]
    return tuple(map(tuple, answered(reader, [*works, *others])[: len(works)]))


def by_place(
    kinds: Sequence[Grouped], chosen: Sequence[Sequence[Hashable]], count: int
) -> list[Hashable]:
    """The same variants, one for each of so many places."""
    found: list[Hashable] = [None] * count
    for (numbers, _work), some in zip(kinds, chosen, strict=True):
        for number, variant in zip(numbers, some, strict=True):
            found[number] = variant
    return found


def _variants_of(kind: str, abouts: Abouts) -> Callable[[Reader], Sequence[Hashable]]:
    return lambda reader: variants[kind](reader, abouts)


def say(reader: Reader, place: tuple[Any, ...]) -> bytes:
    """The reader's text for this place; one that was read back from the disk is a plain tuple."""
    kind, about = place
    [said] = texts[kind](reader, [about])
    return said.encode()


def own(kind: str, *about: Any, caller: Callable[[], Markup]) -> Markup:
    """For templates; on pages that are not kept, it marks nothing."""
    marks: Marks | None = g.get("marks")
    if marks is None:
        return caller()
    if kind in texts:
        return marks.put(TEXT, Place(kind, about), caller())
    if marks.within_place:
        not_shared()
        return caller()
    marks.within_place = True
    try:
        said = caller()
    finally:
        marks.within_place = False
    return marks.put(PLACE, Place(kind, about), said)


def own_list(kind: str, caller: Callable[[], Markup]) -> Markup:
    """For templates: rows that each reader has others of, with nothing between them."""
    marks: Marks | None = g.get("marks")
    return marks.put(LIST, Place(kind, ()), caller()) if marks else caller()


def own_row(*key: Any, caller: Callable[[], Markup]) -> Markup:
    marks: Marks | None = g.get("marks")
    return marks.put(ROW, Place("row", key), caller()) if marks else caller()


def not_shared() -> None:
    """Say that this page is only for the one who asked."""
    g.only_for_one = True


# Kinds that any room can use ---------------------------------------------------


@variants_of("author")
def _by_authors(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """What differs for the authors named after the place's name: which of them the reader is."""
    return [tuple(reader.member_id == author for author in about[1:]) for about in abouts]


@text_of("theme")
def _themes(reader: Reader, abouts: Abouts) -> list[str]:
    return [f' data-theme="{reader.theme}"'] * len(abouts)


@text_of("csrf_token")
def _csrf_tokens(reader: Reader, abouts: Abouts) -> list[str]:
    return [reader.csrf_token] * len(abouts)


@text_of("new_token", each_time=True)
def _new_tokens(_reader: Reader, abouts: Abouts) -> list[str]:
    return [new_token() for _about in abouts]
