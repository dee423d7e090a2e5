"""What every engine does, and the shape of its answers."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from community.search.documents import PUBLISHED, Document, Key
from community.search.grammar import Query
from community.search.planning import (
    MISSPELT_AT_LEAST,
    Plan,
    Want,
    nearest,
    plan,
    plan_completion,
    plan_similar,
)
from community.search.snippets import marked, snippet_of

# Changes whenever terms or fields do: an index of another format is rebuilt.
FORMAT = 1
COUNTED_UP_TO = 1000
DEEPEST = 1000
TITLE_WEIGHT, TAGS_WEIGHT = 5, 3

# Equal only for the same index in the same state.
Version = tuple[Hashable, ...]


@dataclass(frozen=True)
class Scope:
    """What the one who asks may see at all, and the kinds they ask for."""

    audiences: frozenset[int]
    states: frozenset[str] = PUBLISHED
    kinds: frozenset[str] = frozenset()
    hidden: frozenset[Key] = frozenset()


class Hit(NamedTuple):
    """A document that was found, the words marked in its title and in a passage of its text."""

    kind: str
    id: int
    public_id: str
    title: Markup
    snippet: Markup
    author: str
    space: str
    tags: tuple[str, ...]
    status: str
    created_at: datetime
    score: float

    @property
    def key(self) -> Key:
        return self.kind, self.id


@dataclass(frozen=True)
class Found:
    """An engine's answer to a plan: the best document of each page, and counts in the scope."""

    documents: list[tuple[Document, float]]
    total: int
    facets: dict[str, int]


@dataclass(frozen=True)
class Results:
    """A page of hits. `partial`: nothing has all the words, this comes close."""

    hits: list[Hit]
    total: int
    facets: dict[str, int] = field(default_factory=dict)
    partial: bool = False
    next: int | None = None


class Engine(ABC):
    """An index in a home of its own, a directory or a database: one writes, any number read."""

    name: str

    @abstractmethod
    def __init__(self, home: Any) -> None:
        """Open the index that is there."""

    @classmethod
    @abstractmethod
    def create(cls, home: Any, documents: Iterable[Document] = ()) -> "Engine":
        """A new index with these documents."""

    @abstractmethod
    def write(self, documents: Iterable[Document], deletions: Iterable[Key] = ()) -> None:
        """Add or replace documents and take others out, in one batch: all or nothing."""

    @abstractmethod
    def size(self) -> int:
        """How many documents there are."""

    @abstractmethod
    def keys(self) -> set[Key]:
        """What the index holds, to compare with the database."""

    @abstractmethod
    def languages(self) -> frozenset[str]:
        """The languages of its documents."""

    @abstractmethod
    def find(
        self, plan: Plan, scope: Scope, *, limit: int, after: int = 0, latest: bool = False
    ) -> Found:
        """The best documents within the scope, which filters before anything is counted."""

    @abstractmethod
    def knows(self, term: str) -> bool:
        """Whether any text holds the term."""

    @abstractmethod
    def vocabulary(self, prefix: str) -> Iterable[str]:
        """The terms that begin so."""

    def likes(self, word: str) -> list[str]:
        """The terms that look most like a word that no text holds."""
        return nearest(word, self.vocabulary(word[0]))

    def version(self) -> Version | None:
        """Another one after each change to what would be found; nothing if that is not known."""
        return None

    @abstractmethod
    def verify(self) -> None:
        """Read the index through; fails in any way if it is torn."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files."""

    def search(
        self,
        query: Query,
        scope: Scope,
        *,
        limit: int = 20,
        after: int = 0,
        latest: bool = False,
        language: str = "en",
    ) -> Results:
        """Answer a query. Where nothing has all the words, what comes close is found."""
        planned = plan(query, languages=self.languages(), language=language)
        if planned.finds_nothing or not 0 <= after <= DEEPEST:
            return Results([], 0)
        scope = replace(scope, kinds=query.kinds or scope.kinds)
        found = self.find(planned, scope, limit=limit, after=after, latest=latest)
        close = not found.facets and planned.can_be_loose
        if close:
            planned = self._forgiving(planned.loose)
            found = self.find(planned, scope, limit=limit, after=after, latest=latest)
        return Results(
            _hits(found, planned),
            min(found.total, COUNTED_UP_TO),
            found.facets,
            partial=close and found.total > 0,
            next=after + limit if found.total > after + limit else None,
        )

    def similar(
        self, title: str, scope: Scope, *, limit: int = 5, language: str = "en"
    ) -> list[Hit]:
        """What resembles a title, also while it is being typed and when it is misspelt."""
        planned = plan_similar(title, languages=self.languages(), language=language)
        if not planned.wants:
            return []
        planned = self._forgiving(planned)
        return _hits(self.find(planned, scope, limit=limit), planned)

    def complete(self, text: str, scope: Scope, *, limit: int = 8) -> list[Hit]:
        """Documents whose title holds these words, the last of them perhaps unfinished."""
        planned = plan_completion(text, languages=self.languages())
        if not planned.wants:
            return []
        return _hits(self.find(planned, scope, limit=limit), planned)

    def _forgiving(self, planned: Plan) -> Plan:
        """With the words that look like it beside each word that no text holds."""
        return replace(planned, wants=tuple(self._with_likes(want) for want in planned.wants))

    def _with_likes(self, want: Want) -> Want:
        word = want.forms[0][0]
        known = any(len(form) != 1 or self.knows(form[0]) for form in want.forms)
        if known or want.prefix or want.firm or len(word) < MISSPELT_AT_LEAST:
            return want
        return replace(want, forms=want.forms + tuple((term,) for term in self.likes(word)))


def _hits(found: Found, planned: Plan) -> list[Hit]:
    terms = planned.marks()
    prefixes = tuple(want.prefix for want in planned.wants if want.prefix)
    return [
        Hit(
            kind=document.kind,
            id=document.id,
            public_id=document.public_id,
            title=marked(document.title, terms, prefixes, document.language),
            snippet=snippet_of(document.body, terms, prefixes, document.language),
            author=document.author,
            space=document.space,
            tags=document.tags,
            status=document.status,
            created_at=document.created_at,
            score=score,
        )
        for document, score in found.documents
    ]
