"""The index as tables of PostgreSQL, made by the engine and not by migrations: they are a cache.

They lie beside the other tables, because a role that may not create extensions may not create
schemas either. One transaction builds them under other names and renames them: readers wait for no
more than the renaming, and of a build that was killed nothing is left.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import LiteralString

from psycopg import Connection, Cursor, errors

from community.search.documents import Document, Key, code_of, to_card
from community.search.postgresql_vectors import Vectors, vectors_of

AT_ONCE = 1_000
NAMES = ("document", "card", "term", "state")

TABLES = """
CREATE TABLE fresh_search_index_document (
    number bigint PRIMARY KEY, kind text NOT NULL, id bigint NOT NULL, page bigint NOT NULL,
    audience bigint NOT NULL, state text NOT NULL, created timestamptz NOT NULL,
    popularity integer NOT NULL, author text NOT NULL, space text NOT NULL, status text NOT NULL,
    tags text[] NOT NULL, length integer NOT NULL, title tsvector NOT NULL, words tsvector NOT NULL,
    UNIQUE (kind, id));
CREATE TABLE fresh_search_index_card (number bigint PRIMARY KEY, document text NOT NULL);
CREATE TABLE fresh_search_index_term (
    term text COLLATE "C" PRIMARY KEY, documents bigint NOT NULL);
CREATE TABLE fresh_search_index_state (
    format integer NOT NULL, documents bigint NOT NULL, length bigint NOT NULL,
    last_number bigint NOT NULL, languages text[] NOT NULL, trigrams boolean NOT NULL,
    doubted boolean NOT NULL DEFAULT false);
ALTER TABLE fresh_search_index_document ALTER words SET STORAGE external;
ALTER TABLE fresh_search_index_document ALTER title SET STORAGE external
"""
# Without a list of pending entries no search pays for what was written before it.
INDEXES = """
CREATE INDEX ON fresh_search_index_document USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON fresh_search_index_document USING gin (title) WITH (fastupdate = off);
CREATE INDEX ON fresh_search_index_document USING gin (tags) WITH (fastupdate = off);
CREATE INDEX ON fresh_search_index_document (created);
CREATE INDEX ON fresh_search_index_document (author, created);
INSERT INTO fresh_search_index_term
    SELECT word, ndoc FROM ts_stat('SELECT words FROM fresh_search_index_document');
ANALYZE fresh_search_index_document;
ANALYZE fresh_search_index_term
"""
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
TRIGRAMS = "CREATE INDEX ON fresh_search_index_term USING gin (term gin_trgm_ops)"
MAY_HAVE_TRIGRAMS = """
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
    OR (EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
        AND has_database_privilege(current_database(), 'CREATE'))
"""
STATE = """
INSERT INTO fresh_search_index_state
SELECT %s, count(*), coalesce(sum(length), 0), coalesce(max(number), 0), %s, %s
FROM fresh_search_index_document
"""
COLUMNS: LiteralString = (
    "number, kind, id, page, audience, state, created, popularity, author, space, status, "
    "tags, length, title, words"
)
GONE = """
WITH gone AS (
    DELETE FROM search_index_document AS document
    USING unnest(%s::text[], %s::bigint[]) AS key(kind, id)
    WHERE document.kind = key.kind AND document.id = key.id
    RETURNING document.number, document.length, document.words),
cards AS (DELETE FROM search_index_card AS card USING gone WHERE card.number = gone.number)
SELECT length, tsvector_to_array(words) FROM gone
"""
COUNTED = """
INSERT INTO search_index_term AS known (term, documents)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT (term) DO UPDATE SET documents = known.documents + excluded.documents
"""
FORGOTTEN = "DELETE FROM search_index_term WHERE documents <= 0 AND term = ANY(%s)"
NOTED = """
UPDATE search_index_state SET documents = documents + %s, length = length + %s,
    last_number = last_number + %s,
    languages = ARRAY(SELECT DISTINCT unnest(languages || %s::text[]) ORDER BY 1)
"""


def build(connection: Connection, documents: Iterable[Document], *, version: int) -> None:
    """Fill fresh tables and put them in place of those in use; joins a transaction."""
    connection.execute("SET LOCAL statement_timeout = 0")
    connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.execute(TABLES)
    languages: set[str] = set()
    with connection.cursor() as cursor:
        numbered = ((number, one, vectors_of(one)) for number, one in zip(count(1), documents))
        while some := list(islice(numbered, AT_ONCE)):
            languages |= _copy(cursor, some, "fresh_search_index_")
    connection.execute(INDEXES)
    trigrams = _with_trigrams(connection)
    connection.execute(STATE, (version, sorted(languages), trigrams))
    for name in NAMES:
        connection.execute(f"DROP TABLE IF EXISTS search_index_{name}")
        connection.execute(f"ALTER TABLE fresh_search_index_{name} RENAME TO search_index_{name}")


def change(connection: Connection, gone: Sequence[Key], documents: Sequence[Document]) -> None:
    """Take out documents by their keys and add others; joins a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_number FROM search_index_state FOR UPDATE")
        (last,) = cursor.fetchone() or (0,)
        fresh = [(number, one, vectors_of(one)) for number, one in enumerate(documents, last + 1)]
        kinds, ids = [kind for kind, _ in gone], [row_id for _, row_id in gone]
        old = cursor.execute(GONE, (kinds, ids)).fetchall()
        languages = _copy(cursor, fresh, "search_index_")
        _count_terms(cursor, [terms for _, terms in old], [one.terms for _, _, one in fresh])
        length = sum(one.length for _, _, one in fresh) - sum(length for length, _ in old)
        cursor.execute(NOTED, (len(fresh) - len(old), length, len(fresh), sorted(languages)))


def _count_terms(
    cursor: Cursor, old: Iterable[Iterable[str]], fresh: Iterable[Iterable[str]]
) -> None:
    """In the order of the terms, so that two who count never wait for each other in a ring."""
    changes = Counter(term for terms in fresh for term in terms)
    changes.subtract(term for terms in old for term in terms)
    known = sorted((term, by) for term, by in changes.items() if by)
    cursor.execute(COUNTED, ([term for term, _ in known], [by for _, by in known]))
    cursor.execute(FORGOTTEN, ([term for term, by in known if by < 0],))


def _with_trigrams(connection: Connection) -> bool:
    """Index the terms by their three-letter pieces, unless this role may not have that."""
    try:
        with connection.transaction():
            connection.execute(EXTENSION)
            connection.execute(TRIGRAMS)
    except (errors.InsufficientPrivilege, errors.FeatureNotSupported, errors.UndefinedObject):
        return False
    return True


def _copy(
    cursor: Cursor, rows: Sequence[tuple[int, Document, Vectors]], prefix: LiteralString
) -> set[str]:
    """Write documents in bulk; their languages."""
    with cursor.copy(f"COPY {prefix}document ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(_columns(*row))
    with cursor.copy(f"COPY {prefix}card (number, document) FROM STDIN") as copy:
        for number, document, _ in rows:
            copy.write_row((number, to_card(document)))
    return {document.language for _, document, _ in rows if document.language}


def _columns(number: int, document: Document, vectors: Vectors) -> tuple:
    return (
        number,
        *document.key,
        code_of(document.page),
        document.audience_id,
        document.state,
        document.created_at,
        document.popularity,
        document.author.casefold(),
        document.space.casefold(),
        document.status.casefold(),
        [tag.casefold() for tag in document.tags],
        vectors.length,
        vectors.title,
        vectors.words,
    )
