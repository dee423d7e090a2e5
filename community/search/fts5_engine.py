"""The index in a SQLite file of its own, with FTS5: for many documents.

Words are indexed without their text, which stands once in `card`. `fact` is narrow, because every
match is joined with it.
"""

# pysqlite3 has no annotations: it takes its names from C.
# pyright: reportAttributeAccessIssue=false

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

import pysqlite3.dbapi2 as sqlite3

from community.search.documents import Document, Key, from_card, to_card
from community.search.engine import Engine, Found, Scope, Version
from community.search.fts5_statements import statement_for
from community.search.planning import Plan
from community.search.words import indexed, joined

FILE = "index.sqlite"
BUSY_MS = 10_000
READING_KB, WRITING_KB = 500, 16_000
MISSPELLINGS_AMONG = 5_000

# Terms come ready made: the tokenizer only splits at spaces.
SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(title, body, tags, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
CREATE TABLE fact (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id INTEGER NOT NULL, page TEXT NOT NULL,
    audience INTEGER NOT NULL, state TEXT NOT NULL, created REAL NOT NULL,
    popularity INTEGER NOT NULL, author TEXT NOT NULL, space TEXT NOT NULL, status TEXT NOT NULL,
    language TEXT NOT NULL, UNIQUE (kind, id));
CREATE INDEX fact_created ON fact (created);
CREATE INDEX fact_language ON fact (language);
CREATE TABLE tag (number INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, number))
    WITHOUT ROWID;
CREATE INDEX tag_number ON tag (number);
CREATE TABLE card (number INTEGER PRIMARY KEY, document TEXT NOT NULL);
"""


CARDS = "SELECT number, document FROM card WHERE number IN (SELECT value FROM json_each(?))"
FACT = """
INSERT INTO fact (
    kind, id, page, audience, state, created, popularity, author, space, status, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


# From one to the next along the index: `DISTINCT` would walk through all of it.
LANGUAGES = """
WITH RECURSIVE one (language) AS (
    SELECT min(language) FROM fact
    UNION ALL
    SELECT (SELECT min(language) FROM fact WHERE language > one.language) FROM one
    WHERE one.language IS NOT NULL)
SELECT language FROM one WHERE language IS NOT NULL
"""


class FTS5Engine(Engine):
    """Readers and the one writer each have connections of their own; SQLite keeps them apart."""

    name = "fts5"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._watching = threading.Lock()
        self._watcher = _connect(directory / FILE)
        self._opening = object()
        self._rows("SELECT count(*) FROM fact")

    @classmethod
    def create(cls, directory: Path, documents: Iterable[Document] = ()) -> "FTS5Engine":
        directory.mkdir(parents=True, exist_ok=True)
        connection = _connect(directory / FILE, create=True)
        connection.executescript(SCHEMA)
        connection.close()
        engine = cls(directory)
        engine.write(documents)
        with engine._writing() as connection:
            connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        return engine

    def write(self, documents: Iterable[Document], deletions: Iterable[Key] = ()) -> None:
        with self._writing() as connection:
            for key in deletions:
                _delete(connection, key)
            for document in documents:
                _delete(connection, document.key)
                _insert(connection, document)

    def size(self) -> int:
        return self._rows("SELECT count(*) FROM fact")[0][0]

    def keys(self) -> set[Key]:
        return set(self._rows("SELECT kind, id FROM fact"))

    def languages(self) -> frozenset[str]:
        return frozenset(name for (name,) in self._rows(LANGUAGES) if name)

    def knows(self, term: str) -> bool:
        return bool(self._rows("SELECT 1 FROM vocabulary WHERE term = ?", (term,)))

    def vocabulary(self, prefix: str) -> list[str]:
        among = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?"
        return [
            term
            for (term,) in self._rows(among, (prefix, prefix + "\U0010ffff", MISSPELLINGS_AMONG))
        ]

    def find(
        self, plan: Plan, scope: Scope, *, limit: int, after: int = 0, latest: bool = False
    ) -> Found:
        statement, values = statement_for(plan, scope, latest=latest)
        rows = self._rows(statement, values | {"limit": limit, "after": after})
        numbers = {number: -score for what, number, score in rows if what == "hit"}
        cards = dict(self._rows(CARDS, (json.dumps(list(numbers)),)))
        return Found(
            documents=[
                (from_card(cards[number]), score)
                for number, score in numbers.items()
                if number in cards
            ],
            total=next(count for what, _, count in rows if what == "total"),
            facets={kind: count for what, kind, count in rows if what == "kind"},
        )

    def version(self) -> Version:
        """SQLite counts for a connection what others changed: this one changes nothing."""
        with self._watching:
            return self._opening, *self._watcher.execute("PRAGMA data_version").fetchone()

    def verify(self) -> None:
        (answer,) = self._rows("PRAGMA quick_check")[0]
        if answer != "ok":
            raise sqlite3.DatabaseError(answer)

    def close(self) -> None:
        self._watcher.close()
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _rows(self, statement: str, values: Iterable = ()) -> list[tuple]:
        with self._connection() as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """As many as are at work at once, not one for each of many threads."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = _connect(self.directory / FILE)
        try:
            yield connection
        finally:
            self._idle.put(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute(f"PRAGMA cache_size = -{WRITING_KB}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            connection.execute(f"PRAGMA cache_size = -{READING_KB}")


def _connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    mode = "rwc" if create else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False
    )
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{READING_KB}")
    return connection


def _delete(connection: sqlite3.Connection, key: Key) -> None:
    for (number,) in connection.execute(
        "SELECT number FROM fact WHERE kind = ? AND id = ?", key
    ).fetchall():
        connection.execute("DELETE FROM words WHERE rowid = ?", (number,))
        connection.execute("DELETE FROM tag WHERE number = ?", (number,))
        connection.execute("DELETE FROM card WHERE number = ?", (number,))
        connection.execute("DELETE FROM fact WHERE number = ?", (number,))


def _insert(connection: sqlite3.Connection, document: Document) -> None:
    number = connection.execute(FACT, _fact(document)).lastrowid
    texts = (document.title, document.body, " ".join(document.tags))
    title, body, tags = (indexed(text, document.language) for text in texts)
    if not document.has_own_title:
        title, body = "", joined(title, body)
    connection.execute(
        "INSERT INTO words (rowid, title, body, tags) VALUES (?, ?, ?, ?)",
        (number, title, body, tags),
    )
    named = {(number, tag.casefold()) for tag in document.tags}
    connection.executemany("INSERT INTO tag (number, tag) VALUES (?, ?)", named)
    connection.execute(
        "INSERT INTO card (number, document) VALUES (?, ?)", (number, to_card(document))
    )


def _fact(document: Document) -> tuple:
    return (
        *document.key,
        document.page,
        document.audience_id,
        document.state,
        document.created_at.timestamp(),
        document.popularity,
        document.author.casefold(),
        document.space.casefold(),
        document.status.casefold(),
        document.language,
    )
