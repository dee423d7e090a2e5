"""What people type into the search box: words, "phrases", -words and filters such as `author:ada`.

No engine ever sees this text. What cannot be understood is searched as plain words, and `literal`
says so.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

LONGEST_QUERY = 200
FILTERS = {"type": "kind", "author": "author", "tag": "tag", "space": "space", "status": "status"}
PIECE = re.compile(r'-?(?:\w+:)?"[^"]*"|\S+')


class QueryTooLong(ValueError):
    """More text than the search box takes."""


@dataclass(frozen=True)
class Wanted:
    """A word or, in quotes, a phrase, as typed."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Filter:
    """A field that must have (or must not have) one of these values."""

    name: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True)
class Query:
    """A search as it was understood."""

    text: str
    words: tuple[Wanted, ...] = ()
    without: tuple[Wanted, ...] = ()
    filters: tuple[Filter, ...] = ()
    before: datetime | None = None
    after: datetime | None = None
    in_title: bool = False
    literal: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything but words limits the results."""
        return bool(self.filters or self.without or self.before or self.after)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds asked for by `type:`, all if none."""
        wanted = [
            name
            for one in self.filters
            if one.name == "kind" and not one.excluded
            for name in one.values
        ]
        return frozenset(wanted)


@dataclass
class _Reading:
    """The parts of a query while it is read from left to right."""

    words: list[Wanted] = field(default_factory=list)
    without: list[Wanted] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    limits: dict[str, datetime] = field(default_factory=dict)
    in_title: bool = False


def parse(text: str) -> Query:
    """Read a query. Nothing but length is refused: a text that makes no sense is a row of words."""
    clean = " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())
    if len(clean) > LONGEST_QUERY:
        raise QueryTooLong
    if clean.count('"') % 2:
        words = tuple(Wanted(word) for word in clean.replace('"', " ").split())
        return Query(clean, words=words, literal=(clean,))
    reading = _Reading()
    for piece in PIECE.findall(clean):
        _read(piece, reading)
    query = Query(
        clean,
        words=tuple(reading.words),
        without=tuple(reading.without),
        filters=tuple(reading.filters),
        in_title=reading.in_title,
        literal=tuple(reading.literal),
    )
    return replace(query, **reading.limits)


def _read(piece: str, reading: _Reading) -> None:
    minus = piece.startswith("-") and len(piece) > 1
    bare = piece[1:] if minus else piece
    if bare.startswith('"'):
        phrase = Wanted(bare.strip('"'), quoted=True)
        (reading.without if minus else reading.words).append(phrase)
    elif ":" in bare:
        _read_filter(piece, bare, minus, reading)
    else:
        (reading.without if minus else reading.words).append(Wanted(bare))


def _read_filter(piece: str, bare: str, minus: bool, reading: _Reading) -> None:
    name, _, value = bare.partition(":")
    name, value = name.lower(), value.strip('"')
    if name in FILTERS and value.strip(",+@"):
        reading.filters += _filters(FILTERS[name], value, minus)
    elif name in ("before", "after") and not minus and (day := _day(value)):
        reading.limits[name] = day
    elif (name, value.lower(), minus) == ("in", "title", False):
        reading.in_title = True
    else:
        reading.literal.append(piece)
        reading.words.append(Wanted(piece))


def _filters(name: str, value: str, minus: bool) -> list[Filter]:
    """`tag:a,b` is either of them, `tag:a+b` both."""
    return [
        Filter(
            name,
            tuple(one.lstrip("@").casefold() for one in every.split(",") if one.strip("@")),
            minus,
        )
        for every in value.split("+")
        if every.strip(",@")
    ]


def _day(value: str) -> datetime | None:
    """The first moment of a year, month or day: 2026, 2026-05, 2026-05-17."""
    if not re.fullmatch(r"[12]\d{3}(-\d{1,2}){0,2}", value, re.ASCII):
        return None
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
