"""What on a page shared by many is one reader's own: marked in templates, filled in for each.

    {% call own("threads.actions", post.id, post.author_id) %}…{% endcall %}

While a page is made for keeping, the marks stay in it, and what stood between them is learned as
one *variant* of the place. For the next reader the room that registered the kind says which variant
is theirs; a variant that nobody has had before is learned by making the page in full.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeVar

from flask import g
from markupsafe import Markup
from sqlalchemy import Connection, Select, bindparam

from community.audiences import Level
from community.identifiers import new_token
from community.keeping.shelf import Shelf
from community.viewer import Viewer

T = TypeVar("T")

MOST_VARIANTS, MOST_STATEMENTS = 400, 500
# Nobody outside this process can write these.
PLACE, TEXT = f"[{secrets.token_hex(12)}]", f"[{secrets.token_hex(12)}]"
_PLACE, _TEXT = re.escape(PLACE.encode()), re.escape(TEXT.encode())
IN_PLACE = re.compile(_PLACE + rb"(\d+)\|(.*?)" + _PLACE, re.DOTALL)
IN_TEXT = re.compile(_TEXT + rb"(\w+)\|(.*?)" + _TEXT, re.DOTALL)


@dataclass(frozen=True)
class Place:
    """One marked place; `about` are the plain values that its kind needs to know."""

    kind: str
    about: tuple[Any, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as filling in needs to know; found with one statement.

    `sharing` names those for whom the same page is made: who may read and do the same things, in
    one language and zone.
    """

    member_id: int
    joined_at: datetime
    theme: str
    language: str
    house: int
    sharing: str
    roles: frozenset[str]
    levels: Mapping[int, Level]
    csrf_token: str
    connection: Connection
    asked: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def alike(self) -> Viewer:
        """Any of those who share, as a viewer whose key is the parameter `member` of a statement.

        A statement made with it is the same for all of them, and is made once: `statement`.
        """
        somebody: Any = SimpleNamespace(id=bindparam("member"), joined_at=bindparam("joined"))
        return Viewer(somebody, frozenset(), self.roles, self.levels)

    def rows(
        self, name: str, make: Callable[[Viewer], Select[Any]], **values: Any
    ) -> Sequence[Any]:
        """What the statement gives for this reader; it is made once for all who share."""
        key = (name, self.sharing)
        statement = _statements.get(key)
        if statement is None:
            if len(_statements) > MOST_STATEMENTS:
                _statements.clear()
            statement = _statements[key] = make(self.alike)
        given = {"member": self.member_id, **values}
        return self.connection.execute(statement, given).all()

    def once(self, name: Hashable, ask: Callable[[], T]) -> T:
        """What several kinds of places need is asked of the database once."""
        if name not in self.asked:
            self.asked[name] = ask()
        return self.asked[name]


class NotShared(Exception):
    """This reader's page has something of their own that no place is marked for."""


Abouts = Sequence[tuple[Any, ...]]
Variants = Callable[[Reader, Abouts], Sequence[Hashable]]
Text = Callable[[Reader], str]
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

_statements: dict[tuple[str, str], Select[Any]] = {}
_variants: dict[str, Variants] = {}
_everywhere: set[str] = set()
_texts: dict[str, Text] = {}


def variants_of(kind: str, *, everywhere: bool = False) -> Callable[[F], F]:
    """Register what says, for all places of one kind on a page, which variant is the reader's.

    It raises `NotShared` where the page cannot be put together for this reader. `everywhere`: the
    same variant says the same on every page, whatever its versions.
    """

    def register(function: F) -> F:
        _variants[kind] = function
        if everywhere:
            _everywhere.add(kind)
        return function

    return register


def text_of(kind: str) -> Callable[[F], F]:
    """Register what makes this text for a reader; it can stand within a place, too."""

    def register(function: F) -> F:
        _texts[kind] = function
        return function

    return register


def own(kind: str, *about: Any, caller: Callable[[], Markup]) -> Markup:
    """For templates; on pages that are not kept, it marks nothing."""
    places: list[Place] | None = g.get("places")
    if places is None:
        return caller()
    if kind in _texts:
        return Markup("{}{}|{}{}").format(TEXT, kind, caller(), TEXT)
    if g.get("within_place"):
        not_shared()
        return caller()
    g.within_place = True
    try:
        said = caller()
    finally:
        g.within_place = False
    places.append(Place(kind, about))
    return Markup("{}{}|{}{}").format(PLACE, len(places) - 1, said, PLACE)


def not_shared() -> None:
    """Say that this page is only for the one who asked."""
    g.only_for_one = True


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
            if kind in _variants:
                asked = _variants[kind](reader, [place.about for place in places])
                found.update(zip(places, asked, strict=True))
        return found

    def learn(
        self, reader: Reader, said: Sequence[bytes], variants: Mapping[Place, Hashable]
    ) -> bool:
        """Take up what this reader's page said; False if two differ where they should not."""
        for place, text in zip(self.places, said, strict=True):
            if place not in variants:
                continue
            known = self._known(reader, place, variants[place])
            if known is not None and known != text:
                return False
            if known is None and place.kind in _everywhere:
                key = (place.kind, reader.language, variants[place])
                self.everywhere.put(key, Said(text))
            elif known is None and len(self.learned) < MOST_VARIANTS:
                self.learned[place, variants[place]] = text
        return True

    def fill(self, reader: Reader, variants: Mapping[Place, Hashable]) -> bytes | None:
        """The reader's page, or `None` where a place has a variant that was not seen yet."""
        texts: dict[Place, bytes] = {}
        for place, variant in variants.items():
            known = self._known(reader, place, variant)
            if known is None:
                return None
            texts[place] = known
        body = b"".join(_interleaved(self.pieces, [texts[place] for place in self.places]))
        return IN_TEXT.sub(lambda found: _texts[found[1].decode()](reader).encode(), body)

    def _known(self, reader: Reader, place: Place, variant: Hashable) -> bytes | None:
        if place.kind not in _everywhere:
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


# Kinds that any room can use ---------------------------------------------------


@variants_of("author")
def _by_authors(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """What differs for the authors named after the place's name: which of them the reader is."""
    return [tuple(reader.member_id == author for author in about[1:]) for about in abouts]


@text_of("theme")
def _theme(reader: Reader) -> str:
    return f' data-theme="{reader.theme}"'


@text_of("csrf_token")
def _csrf_token(reader: Reader) -> str:
    return reader.csrf_token


@text_of("new_token")
def _new_token(_reader: Reader) -> str:
    return new_token()
