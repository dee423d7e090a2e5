"""Who reads a page that is put together, and what is asked for them."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, TypeVar

from babel.numbers import format_decimal
from sqlalchemy.pool import PoolProxiedConnection

from community.audiences import Level
from community.keeping.alike import Make, statement
from community.keeping.recent import Lately, Own
from community.keeping.statements import Rows
from community.keeping.together import NotYet, Together

MOST_ROUNDS = 4
OLDEST = "when the oldest of it was found out"
LATELY = "what is asked now may be as old"

_decimal = lru_cache(4096)(format_decimal)

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Connect = Callable[[], PoolProxiedConnection]
Chosen = tuple[str, str]  # a theme, and a language with its zone


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as filling in needs to know; found with one statement.

    `alike` names those who may read and do the same things, `sharing` those for whom the same page
    is made: all alike, in one language and zone. `connect` gives a connection for this request,
    `asked` is what was asked of the database for one page, `told` what it told the view that made
    the page, `before` what may be two seconds old unless the reader has just `acted`, `own` what
    holds until their `version` is another. With `together`, an answer may have to wait for others.
    """

    member_id: int
    joined_at: datetime
    name: str
    username: str
    picture: str | None
    theme: str
    language: str
    house: int
    alike: str
    sharing: str
    groups: frozenset[int]
    roles: frozenset[str]
    levels: Mapping[int, Level]
    csrf_token: str
    connect: Connect
    asked: dict[Hashable, Any] = field(default_factory=dict)
    told: Mapping[Hashable, Rows] = field(default_factory=dict)
    before: Lately = field(default_factory=Lately)
    own: Own = field(default_factory=Own)
    version: int = 0
    acted: bool = True
    sign_in: str = ""
    together: Together | None = None

    def but(self, **changes: Any) -> "Reader":
        """As `dataclasses.replace`, which takes longer than much of what is asked for a reader."""
        other = object.__new__(Reader)
        other.__dict__.update(self.__dict__, **changes)
        return other

    @property
    def chosen(self) -> Chosen:
        return self.theme, self.language

    def number(self, number: int) -> str:
        """As it is written in the reader's language."""
        return _decimal(number, locale=self.language.partition(" ")[0])

    def rows(self, name: str, make: Make, **values: Any) -> Rows:
        """What the statement gives for this reader; it is made once for all who share.

        Lists among the values are for `among`. Raises `NotYet` where it is to be asked together
        with others. Asked otherwise than by `lately` or `until_they_act`, it has to be true each
        time that the page is given.
        """
        if not self.asked.get(LATELY):
            self._note(-math.inf)
        asked = statement(name, self.alike, make, self.roles, self.levels)
        values["member"] = self.member_id
        if self.together is None:
            return asked.ask(self.connect(), values)
        return self.together.rows(asked, values)

    def once(self, name: Hashable, ask: Callable[[], T]) -> T:
        """What several kinds of places need is asked once.

        `name` says all that the question depends on beside the reader.
        """
        if name not in self.asked:
            self.asked[name] = ask()
        return self.asked[name]

    def lately(self, name: Hashable, ask: Callable[[], T]) -> T:
        """As `once`, for what may be two seconds old unless the reader did something: what they
        have read, given and chosen themselves, and counts beside the page.
        """
        if name not in self.asked:
            mine = self.member_id, self.sharing, name
            asks = partial(self._asked_lately, ask)
            at, self.asked[name] = self.before.get(mine, asks, at_once=self.acted)
            self._note(at)
        return self.asked[name]

    def each_lately(
        self, name: str, wanted: Sequence[K], ask: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> Mapping[K, T]:
        """The same of many things, of which `ask` is told those that are not known yet."""
        mine = self.member_id, self.sharing, name
        asks = partial(self._asked_lately, ask)
        at, found = self.before.get_each(mine, wanted, asks, at_once=self.acted)
        self._note(at)
        return found

    def until_they_act(self, name: Hashable, ask: Callable[[], T], *, version: int = 0) -> T:
        """As `once`, for what stays until the reader acts: their drafts, what they watch.

        Whatever changes it touches their row in `member`; what else the answer is taken from has
        the `version`. What changes without another of either, as with what they read meanwhile, is
        left out for a minute at most.
        """
        if name not in self.asked:
            mine = self.member_id, self.sharing, name
            asks = partial(self._asked_lately, ask)
            self.asked[name] = self.own.get(mine, (self.version, version), asks, at_once=self.acted)
        return self.asked[name]

    @property
    def oldest(self) -> float | None:
        """Since when the page is known that was made with this reader, if not from now."""
        return self.asked.get(OLDEST)

    def _asked_lately(self, ask: Callable[..., T], *about: Any) -> T:
        self.asked[LATELY] = True
        try:
            return ask(*about)
        finally:
            self.asked[LATELY] = False

    def _note(self, at: float) -> None:
        self.asked[OLDEST] = min(at, self.asked.get(OLDEST, at))


def every(*asks: Callable[[], T]) -> list[T]:
    """What all of them give; where one has to wait for its answer, the others are asked as well."""
    given, waiting = [], None
    for ask in asks:
        try:
            given.append(ask())
        except NotYet as later:
            waiting = later
    if waiting:
        raise waiting
    return given


def answered(reader: Reader, works: Sequence[Callable[[Reader], T]]) -> list[T]:
    """What all of them give; their questions are put to the database together. Each round is for
    those that follow from the answers to others; whoever still asks after so many, asks alone.
    """
    together = Together(reader.told)
    asking = reader.but(together=together)
    given: list[Any] = [None] * len(works)
    left: Sequence[int] = range(len(works))
    for _round in range(MOST_ROUNDS):
        waiting = []
        for number in left:
            try:
                given[number] = works[number](asking)
            except NotYet:
                waiting.append(number)
        left = waiting
        if not left:
            return given
        together.ask(reader.connect())
    for number in left:
        given[number] = works[number](reader)
    return given
