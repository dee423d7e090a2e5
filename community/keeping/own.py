"""What on a page shared by many is one reader's own: marked in templates, filled in for each.

    {% call own("threads.actions", post.id, post.author_id) %}…{% endcall %}

While a page is made for keeping, the marks stay in it, and what stood between them is learned as
one *variant* of the place. For the next reader the room that registered the kind says which variant
is theirs; a variant that nobody has had before is learned by making the page in full.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from flask import g
from markupsafe import Markup
from sqlalchemy.pool import PoolProxiedConnection

from community.audiences import Level
from community.identifiers import new_token
from community.keeping.alike import Make, statement
from community.keeping.recent import Lately
from community.keeping.statements import Rows

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Connect = Callable[[], PoolProxiedConnection]

# Nobody outside this process can write these.
PLACE, TEXT, LIST, ROW = (f"[{secrets.token_hex(12)}]" for _mark in range(4))


class Place(NamedTuple):
    """One marked place; `about` are the plain values that its kind needs to know."""

    kind: str
    about: tuple[Any, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as filling in needs to know; found with one statement.

    `sharing` names those for whom the same page is made: who may read and do the same things, in
    one language and zone. `connect` gives a connection for this request, `asked` is what was
    asked of the database since something was last committed, `before` what may be a second old
    unless the reader has just `acted`.
    """

    member_id: int
    joined_at: datetime
    name: str
    username: str
    picture: str | None
    theme: str
    language: str
    house: int
    sharing: str
    roles: frozenset[str]
    levels: Mapping[int, Level]
    csrf_token: str
    connect: Connect
    asked: dict[Hashable, Any] = field(default_factory=dict)
    before: Lately = field(default_factory=Lately)
    acted: bool = True

    @property
    def locale(self) -> str:
        """Of numbers and dates, by Babel's name."""
        return self.language.partition(" ")[0]

    def rows(self, name: str, make: Make, **values: Any) -> Rows:
        """What the statement gives for this reader; it is made once for all who share.

        Lists among the values are for `among`.
        """
        asked = statement(name, self.sharing, make, self.roles, self.levels)
        return asked.ask(self.connect(), {"member": self.member_id, **values})

    def once(self, name: Hashable, ask: Callable[[], T]) -> T:
        """What several kinds of places need, here or on another page, is asked once.

        `name` says all that the question depends on beside the reader.
        """
        if name not in self.asked:
            self.asked[name] = ask()
        return self.asked[name]

    def lately(self, name: Hashable, ask: Callable[[], T]) -> T:
        """As `once`, for what may be a second old unless the reader did something: what they have
        read, given and chosen themselves, and counts beside the page.
        """
        if name not in self.asked:
            mine = self.member_id, self.sharing, name
            self.asked[name] = self.before.get(mine, ask, at_once=self.acted)
        return self.asked[name]

    def each_lately(
        self, name: str, wanted: Sequence[K], ask: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> Mapping[K, T]:
        """The same of many things, of which `ask` is told those that are not known yet."""
        mine = self.member_id, self.sharing, name
        return self.before.get_each(mine, wanted, ask, at_once=self.acted)


class NotShared(Exception):
    """This reader's page has something of their own that no place is marked for."""


Abouts = Sequence[tuple[Any, ...]]
Variants = Callable[[Reader, Abouts], Sequence[Hashable]]
Text = Callable[..., str]
# Where the places of one kind stand on a page, and what they are about.
Grouped = tuple[list[int], list[tuple[Any, ...]]]
RowsOf = Callable[[Reader], Sequence[Hashable]]
F = TypeVar("F", bound=Callable[..., Any])

variants: dict[str, Variants] = {}
everywhere_the_same: set[str] = set()
lasting_kinds: set[str] = set()
texts: dict[str, Text] = {}
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


def text_of(kind: str) -> Callable[[F], F]:
    """Register what makes this text from the reader and what its place is about.

    It can stand within another place, too, and nothing is learned of it: for what hardly two
    readers have in common.
    """

    def register(function: F) -> F:
        texts[kind] = function
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


def by_kind(places: Sequence[Place]) -> dict[str, Grouped]:
    found: dict[str, Grouped] = {}
    for number, (kind, about) in enumerate(places):
        if kind in variants:
            numbers, abouts = found.setdefault(kind, ([], []))
            numbers.append(number)
            abouts.append(about)
    return found


def variants_for(reader: Reader, kinds: Mapping[str, Grouped], count: int) -> list[Hashable]:
    """Which variant of each of so many places is the reader's; raises `NotShared`."""
    found: list[Hashable] = [None] * count
    for kind, (numbers, abouts) in kinds.items():
        for number, variant in zip(numbers, variants[kind](reader, abouts), strict=True):
            found[number] = variant
    return found


def own(kind: str, *about: Any, caller: Callable[[], Markup]) -> Markup:
    """For templates; on pages that are not kept, it marks nothing."""
    places: list[Place] | None = g.get("places")
    if places is None:
        return caller()
    if kind in texts:
        return _marked(TEXT, Place(kind, about), caller())
    if g.get("within_place"):
        not_shared()
        return caller()
    g.within_place = True
    try:
        said = caller()
    finally:
        g.within_place = False
    return _marked(PLACE, Place(kind, about), said)


def own_list(kind: str, caller: Callable[[], Markup]) -> Markup:
    """For templates: rows that each reader has others of, with nothing between them."""
    return caller() if g.get("places") is None else _marked(LIST, Place(kind, ()), caller())


def own_row(*key: Any, caller: Callable[[], Markup]) -> Markup:
    return caller() if g.get("places") is None else _marked(ROW, Place("row", key), caller())


def _marked(mark: str, place: Place, said: Markup) -> Markup:
    g.places.append(place)
    return Markup(f"{mark}{len(g.places) - 1}|{said}{mark}")


def not_shared() -> None:
    """Say that this page is only for the one who asked."""
    g.only_for_one = True


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
