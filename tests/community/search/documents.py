"""Documents to search for, as short as a test wants them."""

from datetime import UTC, datetime
from itertools import count

from community.search.documents import Document
from community.search.engine import Scope

EVERYONE, STAFF = 1, 2
FOR_EVERYONE = Scope(audiences=frozenset({EVERYONE}))
FOR_STAFF = Scope(audiences=frozenset({EVERYONE, STAFF}))

_numbers = count(1)


def a(kind: str, title: str, body: str = "", **given) -> Document:
    """A document of this kind; English, published, for everyone, unless `given` says otherwise."""
    number = given.pop("id", None) or next(_numbers)
    known = {
        "audience_id": EVERYONE,
        "author": "ada",
        "created_at": datetime(2026, 5, 17, tzinfo=UTC),
        "language": "en",
        "public_id": f"{kind}{number}",
    }
    return Document(kind=kind, id=number, title=title, body=body, **(known | given))
