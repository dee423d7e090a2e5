"""The kinds of row that can be found: each room says how its rows become documents.

In the room's `documents.py`:

    @indexed("topic", Topic)
    def topics(ids: list[int]) -> Iterable[Document]: ...

    SUBSCRIPTIONS = reindexed_by({TopicStarted: lambda event: [("topic", event.topic_id)]})
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from community.database import session
from community.search.documents import PUBLISHED, Document, Key
from community.subjects import SubjectKind, subject_kinds
from community.tagging.models import Tag, Tagging

AT_ONCE = 200

Read = Callable[[list[int]], Iterable[Document]]


@dataclass(frozen=True)
class Source:
    """One kind: its table, and how rows with these ids become documents.

    What is no subject says in `shown_as` what it is called and where it is shown.
    """

    kind: str
    model: type[Any]
    read: Read
    shown_as: SubjectKind | None = None


_sources: dict[str, Source] = {}


def indexed(
    kind: str, model: type[Any], *, shown_as: SubjectKind | None = None
) -> Callable[[Read], Read]:
    """Register a function that makes documents; rows that are gone it leaves out."""

    def register(read: Read) -> Read:
        _sources[kind] = Source(kind, model, read, shown_as)
        return read

    return register


def sources() -> dict[str, Source]:
    return dict(_sources)


def found_kinds() -> dict[str, SubjectKind]:
    """What each kind that can be found is called and where it is shown."""
    subjects = subject_kinds()
    known = {kind: one.shown_as or subjects.get(kind) for kind, one in _sources.items()}
    return {kind: shown for kind, shown in known.items() if shown}


def documents_of(keys: Iterable[Key]) -> list[Document]:
    """The documents of these rows as they are now. Only what is published can be found."""
    by_kind: dict[str, list[int]] = {}
    for kind, row_id in keys:
        by_kind.setdefault(kind, []).append(row_id)
    return [
        document
        for kind, ids in by_kind.items()
        if kind in _sources
        for document in _with_tags(kind, _sources[kind].read(ids))
        if document.state in PUBLISHED
    ]


def _with_tags(kind: str, documents: Iterable[Document]) -> list[Document]:
    """Any subject can carry tags, so no room has to look for them."""
    documents = list(documents)
    tags: dict[int, list[str]] = {}
    carried = (
        select(Tagging.subject_id, Tag.name)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(Tagging.subject_kind == kind, Tagging.subject_id.in_([one.id for one in documents]))
        .order_by(Tag.name)
    )
    for subject_id, name in session.execute(carried):
        tags.setdefault(subject_id, []).append(name)
    return [
        replace(one, tags=(*one.tags, *tags[one.id])) if one.id in tags else one
        for one in documents
    ]


def every_document() -> Iterator[Document]:
    """All of them, a few hundred rows in memory at a time and no transaction held in between."""
    for source in _sources.values():
        for ids in batches_of_ids(source):
            yield from documents_of((source.kind, row_id) for row_id in ids)
            session.rollback()


def batches_of_ids(source: Source) -> Iterator[list[int]]:
    last = 0
    key = source.model.id
    while True:
        ids = list(session.scalars(select(key).where(key > last).order_by(key).limit(AT_ONCE)))
        if not ids:
            return
        last = ids[-1]
        yield ids


def how_many() -> int:
    """How many rows there are at most to find: what the choice of engine goes by."""
    return sum(
        session.scalar(select(func.count()).select_from(source.model)) or 0
        for source in _sources.values()
    )
