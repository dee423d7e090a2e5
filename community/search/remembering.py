"""Answers of the index, for as long as it stays what it was.

Who comes back from a result, or looks at another kind, asks the same once more; and what many look
for is answered once for all who may find the same. Whether a row can still be read is asked anew.
"""

import pickle
import zlib
from typing import Any, NamedTuple

from community.keeping.shelf import Shelf, digest
from community.search.engine import Engine, Results, Scope, Version
from community.search.grammar import Query

MOST_BYTES = 2 * 1024 * 1024
# Roughly, beside what is packed: its name, and its place on the shelf.
BYTES_AN_ANSWER = 600


class Remembered(NamedTuple):
    """Packed, an answer takes a fifth of the room: a few hundred are asked for again and again."""

    version: Version
    packed: bytes

    @property
    def results(self) -> Results:
        return pickle.loads(zlib.decompress(self.packed))

    @property
    def size(self) -> int:
        return BYTES_AN_ANSWER + len(self.packed)


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
    asked = digest(query.text, *_in_order(scope), limit, after, latest, language)
    known = _shelf.get(asked)
    if known and version is not None and known.version == version:
        return known.results
    results = engine.search(
        query, scope, limit=limit, after=after, latest=latest, language=language
    )
    if version is not None:
        _shelf.put(asked, Remembered(version, zlib.compress(pickle.dumps(results), 1)))
    return results


def _in_order(scope: Scope) -> list[list[Any]]:
    """A set may be written in any order."""
    return [sorted(part) for part in (scope.audiences, scope.states, scope.kinds, scope.hidden)]
