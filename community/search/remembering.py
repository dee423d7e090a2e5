"""Answers of the index, for as long as it stays what it was.

Who comes back from a result, or looks at another kind, asks the same once more; and what many look
for is answered once for all who may find the same. Whether a row can still be read is asked anew.
"""

from sys import getsizeof
from typing import NamedTuple

from community.keeping.shelf import Shelf
from community.search.engine import Engine, Results, Scope, Version
from community.search.grammar import Query

MOST_BYTES = 2 * 1024 * 1024
# Roughly, beside the words of hits and the keys of audiences.
BYTES_AN_ANSWER, BYTES_A_HIT = 3_000, 600


class Remembered(NamedTuple):
    """`scope`: whose audiences, very many of them perhaps, are held with the answer."""

    version: Version
    scope: Scope
    results: Results

    @property
    def size(self) -> int:
        words = sum(BYTES_A_HIT + len(hit.title + hit.snippet) for hit in self.results.hits)
        return BYTES_AN_ANSWER + getsizeof(self.scope.audiences) + words


_shelf: Shelf[Remembered] = Shelf(MOST_BYTES)


def search(
    engine: Engine,
    query: Query,
    scope: Scope,
    *,
    limit: int,
    after: int,
    latest: bool,
    language: str,
) -> Results:
    """The version is read before the answer: one that is newer than it says is only asked again."""
    version = engine.version()
    asked = query.text, scope, limit, after, latest, language
    known = _shelf.get(asked)
    if known and version is not None and known.version == version:
        return known.results
    results = engine.search(
        query, scope, limit=limit, after=after, latest=latest, language=language
    )
    if version is not None:
        _shelf.put(asked, Remembered(version, scope, results))
    return results
