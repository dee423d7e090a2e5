"""What the index knows of a row, and the registry of the rows that have such a document."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime

PUBLISHED = frozenset({"published"})

Key = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One row as it is found and shown: plain text, no HTML.

    `group` gathers the documents of one page (a topic, its posts): a list shows the best of them.
    """

    kind: str
    id: int
    public_id: str
    title: str
    body: str
    author: str
    audience_id: int
    created_at: datetime
    state: str = "published"
    space: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    language: str = ""
    popularity: int = 0
    group: str = ""

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def page(self) -> str:
        return self.group or f"{self.kind}:{self.public_id}"


@dataclass(frozen=True)
class Source:
    """How one kind of row becomes documents; what is gone, `read` leaves out."""

    kind: str
    read: Callable[[list[int]], Iterable[Document]]
    ids: Callable[[int, int], list[int]] = field(repr=False)


def to_card(document: Document) -> str:
    """What an engine keeps to show the document again."""
    return json.dumps(
        asdict(document) | {"created_at": document.created_at.isoformat()}, ensure_ascii=False
    )


def from_card(card: str) -> Document:
    known = json.loads(card)
    known["created_at"] = datetime.fromisoformat(known["created_at"])
    return Document(**(known | {"tags": tuple(known["tags"])}))


SOURCES: dict[str, Source] = {}


def indexed(kind: str, *, ids: Callable[[int, int], list[int]]) -> Callable:
    """Register a function that reads these ids of `kind`; `ids(after, limit)` walks over all."""

    def register(read: Callable[[list[int]], Iterable[Document]]) -> Callable:
        SOURCES[kind] = Source(kind, read, ids)
        return read

    return register


def documents_of(keys: Iterable[Key]) -> list[Document]:
    """The documents of these rows as they are now; a row that is gone has none."""
    by_kind: dict[str, list[int]] = {}
    for kind, row_id in keys:
        by_kind.setdefault(kind, []).append(row_id)
    return [
        document
        for kind, ids in by_kind.items()
        if kind in SOURCES
        for document in SOURCES[kind].read(ids)
    ]


def every_document(*, at_once: int = 200) -> Iterator[Document]:
    """All documents of all kinds, a few hundred rows in memory at a time."""
    for source in SOURCES.values():
        last = 0
        while ids := source.ids(last, at_once):
            yield from source.read(ids)
            last = ids[-1]
