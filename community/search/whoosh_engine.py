"""The index in a directory of Whoosh segments: the default, comfortable up to 20,000 documents."""

# Whoosh's own annotations do not fit what it does.
# pyright: reportAttributeAccessIssue=false
# pyright: reportOperatorIssue=false
# pyright: reportOptionalIterable=false
# pyright: reportOptionalMemberAccess=false

import threading
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from pathlib import Path

from whoosh import index
from whoosh.searching import Searcher

from community.search.documents import Document, Key, code_of, from_card
from community.search.engine import Engine, Found, Scope
from community.search.planning import Plan
from community.search.whoosh_queries import query_of
from community.search.whoosh_schema import FACTS, SCHEMA, Weighting, fields_of

BULK_COMMIT = 5_000
BULK_MEMORY_MB = 64
WAIT_FOR_WRITER = 10.0


class WhooshEngine(Engine):
    """One searcher per process, shared by its threads in turn, and renewed after a commit."""

    name = "whoosh"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._index = index.open_dir(str(directory), schema=SCHEMA)
        self._lock = threading.RLock()
        self._facts: dict[str, list[tuple[int, ...]]] = {}
        self._searcher = self._open()

    @classmethod
    def create(cls, directory: Path, documents: Iterable[Document] = ()) -> "WhooshEngine":
        directory.mkdir(parents=True, exist_ok=True)
        storage = index.create_in(str(directory), SCHEMA)
        writer, waiting = None, 0
        for document in documents:
            writer = writer or storage.writer(limitmb=BULK_MEMORY_MB)
            writer.add_document(**fields_of(document))
            waiting += 1
            if waiting == BULK_COMMIT:
                writer.commit(merge=False)
                writer, waiting = None, 0
        if writer:
            writer.commit(optimize=True)
        storage.close()
        return cls(directory)

    def write(self, documents: Iterable[Document], deletions: Iterable[Key] = ()) -> None:
        writer = self._index.writer(timeout=WAIT_FOR_WRITER)
        try:
            for kind, row_id in deletions:
                writer.delete_by_term("key", f"{kind}:{row_id}")
            for document in documents:
                writer.update_document(**fields_of(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def size(self) -> int:
        with self._lock:
            return self._fresh().doc_count()

    def keys(self) -> set[Key]:
        with self._lock:
            return {_key(stored["key"]) for stored in self._fresh().reader().all_stored_fields()}

    def languages(self) -> frozenset[str]:
        with self._lock:
            return frozenset(name.decode() for name in self._fresh().lexicon("language") if name)

    def knows(self, term: str) -> bool:
        with self._lock:
            return ("text", term) in self._fresh().reader()

    def vocabulary(self, prefix: str) -> list[str]:
        with self._lock:
            return [term.decode() for term in self._fresh().reader().expand_prefix("title", prefix)]

    def verify(self) -> None:
        with self._lock:
            reader = self._fresh().reader()
            for name in ("text", "title", "key"):
                for term in reader.lexicon(name):
                    reader.postings(name, term).id()
            if reader.doc_count_all():
                for leaf, _ in self._searcher.leaf_searchers():
                    self._facts_of(leaf.reader())
                reader.stored_fields(reader.doc_count_all() - 1)

    def close(self) -> None:
        with self._lock:
            self._searcher.close()
            self._index.close()

    def find(
        self, plan: Plan, scope: Scope, *, limit: int, after: int = 0, latest: bool = False
    ) -> Found:
        with self._lock:
            searcher = self._fresh()
            kinds = {code_of(kind) for kind in scope.kinds}
            best: dict[int, tuple] = {}
            pages: dict[int, set[int]] = {}
            for number, facts, score in self._visible(searcher, plan, scope):
                kind, _, page, _, created, popularity = facts
                pages.setdefault(kind, set()).add(page)
                rank = (-created, -score) if latest else (-score, -popularity, -created)
                if (not kinds or kind in kinds) and (page not in best or rank < best[page][0]):
                    best[page] = (rank, number, score)
            chosen = nsmallest(after + limit, best.values())[after:]
            return Found(
                [(_document(searcher, number), score) for _, number, score in chosen],
                len(best),
                _by_name(searcher, pages),
            )

    def _visible(
        self, searcher: Searcher, plan: Plan, scope: Scope
    ) -> Iterator[tuple[int, tuple[int, ...], float]]:
        """The matches that the scope and the dates allow."""
        asked = query_of(plan, searcher)
        states = {code_of(state) for state in scope.states}
        hidden = self._numbers(searcher, scope.hidden)
        since = int(plan.query.after.timestamp()) if plan.query.after else None
        until = int(plan.query.before.timestamp()) if plan.query.before else None
        context = searcher.context()
        for leaf, offset in searcher.leaf_searchers() if searcher.doc_count_all() else ():
            of_segment = self._facts_of(leaf.reader())
            matcher = asked.matcher(leaf, context)
            while matcher.is_active():
                number = matcher.id()
                facts = of_segment[number]
                if (
                    facts[3] in scope.audiences
                    and facts[1] in states
                    and (since is None or facts[4] >= since)
                    and (until is None or facts[4] < until)
                    and offset + number not in hidden
                ):
                    yield offset + number, facts, matcher.score()
                matcher.next()

    def _numbers(self, searcher: Searcher, keys: Iterable[Key]) -> set[int]:
        numbers = (searcher.document_number(key=f"{kind}:{row_id}") for kind, row_id in keys)
        return {number for number in numbers if number is not None}

    def _open(self) -> Searcher:
        self._generation = self._index.latest_generation()
        return self._index.searcher(weighting=Weighting())

    def _fresh(self) -> Searcher:
        """The searcher of the newest commit, or of the last one if the directory was replaced.

        Always opened anew: Whoosh's own `refresh` keeps segments that a merge has replaced,
        and with them what was deleted.
        """
        if self._index.latest_generation() not in (self._generation, -1):
            self._searcher = self._open()
        return self._searcher

    def _facts_of(self, reader) -> list[tuple[int, ...]]:
        """The facts of a segment by document number. Segments never change: they are read once."""
        segment = str(reader.segment().segment_id())
        if segment not in self._facts:
            all_of_them = range(reader.doc_count_all())
            by_name = [reader.column_reader(name, translate=False) for name in FACTS]
            current = {
                str(leaf.reader().segment().segment_id())
                for leaf, _ in self._searcher.leaf_searchers()
            }
            self._facts = {known: facts for known, facts in self._facts.items() if known in current}
            self._facts[segment] = list(
                zip(*([column[n] for n in all_of_them] for column in by_name), strict=True)
            )
        return self._facts[segment]


def _document(searcher: Searcher, number: int) -> Document:
    return from_card(searcher.stored_fields(number)["card"])


def _by_name(searcher: Searcher, pages: dict[int, set[int]]) -> dict[str, int]:
    names = {code_of(name.decode()): name.decode() for name in searcher.lexicon("kind")}
    return {names[kind]: len(those) for kind, those in pages.items()}


def _key(text: str) -> Key:
    kind, _, row_id = text.rpartition(":")
    return kind, int(row_id)
