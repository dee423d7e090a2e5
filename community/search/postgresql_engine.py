"""The index in PostgreSQL, beside what it indexes: any number of machines read, one worker writes.

PostgreSQL's own rank knows neither how rare a word is nor how long a text: the statement weighs it
by both. Misspelt words are recognised by `pg_trgm`, where the database may have it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, LiteralString, NamedTuple, cast

from psycopg import Connection
from sqlalchemy import Engine as Pool
from sqlalchemy import create_engine

from community.search import postgresql_tables as tables
from community.search.documents import Document, Key, from_card
from community.search.engine import FORMAT, Engine, Found, Scope, Version
from community.search.planning import Plan, nearest
from community.search.postgresql_statements import Frequencies, statement_for

MISSPELLINGS_AMONG = 5_000
POOL = {"pool_size": 2, "max_overflow": 14, "pool_pre_ping": True, "isolation_level": "AUTOCOMMIT"}
# A plan is made for the words at hand: one for all words would be bad for most.
CONNECTION = {
    "application_name": "guildhall search",
    "prepare_threshold": None,
    "options": "-c plan_cache_mode=force_custom_plan -c jit=off -c statement_timeout=10s",
}

STATE = """
SELECT documents, length, languages, trigrams, format, tableoid::text || ' ' || xmin::text
FROM search_index_state
"""
FREQUENCIES = """
SELECT term, documents FROM search_index_term WHERE term = ANY(%(terms)s)
UNION ALL
SELECT prefix || '*', sum(documents)::bigint FROM unnest(%(prefixes)s::text[]) AS prefix
JOIN search_index_term ON term >= prefix AND term < prefix || U&'\\+10FFFF' GROUP BY prefix
"""
READ_THROUGH = """
SELECT (SELECT count(*) FROM search_index_document WHERE length(words) >= 0),
    (SELECT count(*) FROM search_index_card WHERE document <> ''),
    (SELECT count(*) FROM search_index_term WHERE documents > 0)
"""
LIKE = """
SELECT term FROM search_index_term
WHERE term %% %(word)s AND length(term) BETWEEN %(least)s AND %(most)s
ORDER BY similarity(term, %(word)s) DESC, term LIMIT 50
"""


class State(NamedTuple):
    """How many documents, how many words they have together, their languages, whether misspelt
    words can be looked up, the format that all this is in, and what wrote it last.
    """

    documents: int
    length: int
    languages: list[str]
    trigrams: bool
    format: int
    written_by: str


@dataclass(frozen=True)
class Database:
    """Where the tables are. Each process has a few connections of its own for searches.

    One that is `held` is asked a few things in a row, of an index that stays as it was at first.
    """

    url: str
    held: Connection | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        if self.held:
            yield self.held
            return
        fairy = _pool(self.url).raw_connection()
        try:
            yield cast(Connection, fairy.driver_connection)
        finally:
            fairy.close()

    def close(self) -> None:
        _pool(self.url).dispose()


@lru_cache
def _pool(url: str) -> Pool:
    return create_engine(url, connect_args=CONNECTION, **POOL)


class PostgreSQLEngine(Engine):
    """Reads see one batch or the next, as PostgreSQL's own snapshots are."""

    name = "postgresql"

    def __init__(self, database: Database) -> None:
        self.database = database
        self.first_seen = self._state()

    @classmethod
    def create(cls, database: Database, documents: Iterable[Document] = ()) -> "PostgreSQLEngine":
        with database.connection() as connection, connection.transaction():
            tables.build(connection, documents, version=FORMAT)
        return cls(database)

    def write(self, documents: Iterable[Document], deletions: Iterable[Key] = ()) -> None:
        fresh = {document.key: document for document in documents}
        gone = [*{*deletions, *fresh}]
        with self.database.connection() as connection, connection.transaction():
            tables.change(connection, gone, [*fresh.values()])

    def size(self) -> int:
        return self._state().documents

    def keys(self) -> set[Key]:
        return set(self._rows("SELECT kind, id FROM search_index_document"))

    def languages(self) -> frozenset[str]:
        return frozenset(self._lately().languages)

    def knows(self, term: str) -> bool:
        return bool(self._rows("SELECT FROM search_index_term WHERE term = %s", (term,)))

    def vocabulary(self, prefix: str) -> list[str]:
        among = "SELECT term FROM search_index_term WHERE term >= %s AND term < %s LIMIT %s"
        values = (prefix, prefix + "\U0010ffff", MISSPELLINGS_AMONG)
        return [term for (term,) in self._rows(among, values)]

    def likes(self, word: str) -> list[str]:
        if not self._lately().trigrams:
            return super().likes(word)
        values = {"word": word, "least": len(word) - 2, "most": len(word) + 2}
        return nearest(word, (term for (term,) in self._rows(LIKE, values)))

    def find(
        self, plan: Plan, scope: Scope, *, limit: int, after: int = 0, latest: bool = False
    ) -> Found:
        statement, values = statement_for(plan, scope, self._frequencies(plan), latest=latest)
        rows = self._rows(cast(LiteralString, statement), values | {"limit": limit, "after": after})
        return Found(
            documents=[(from_card(card), score) for what, card, score, _ in rows if what == "hit"],
            total=next(int(count) for what, _, count, _ in rows if what == "total"),
            facets={kind: int(count) for what, kind, count, _ in rows if what == "kind"},
        )

    def version(self) -> Version:
        return self.database.url, self._lately().written_by

    def verify(self) -> None:
        documents, cards, _ = self._rows(READ_THROUGH)[0]
        if not documents == cards == self.size():
            raise ValueError(f"{documents} documents and {cards} cards where {self.size()} belong")

    def close(self) -> None:
        self.database.close()

    def _frequencies(self, plan: Plan) -> Frequencies:
        documents, length = self._lately()[:2]
        terms = sorted(plan.marks())
        prefixes = [want.prefix for want in plan.wants if want.prefix]
        known = self._rows(FREQUENCIES, {"terms": terms, "prefixes": prefixes}) if terms else []
        return Frequencies(documents, length / max(documents, 1), dict(known))

    def _lately(self) -> State:
        """As it was for this question; who has it for longer asks again."""
        return self.first_seen if self.database.held else self._state()

    def _state(self) -> State:
        return State(*self._rows(STATE)[0])

    def _rows(self, statement: LiteralString, values: Any = None) -> list[Any]:
        with self.database.connection() as connection:
            return connection.execute(statement, values).fetchall()
