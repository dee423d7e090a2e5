"""What the index knows of a row."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

PUBLISHED = frozenset({"published"})

# In place of an audience: everybody who is signed in. Audiences are numbered from one.
FOR_MEMBERS = 0

Key = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One row as it is found and shown: plain text, no HTML.

    `group` gathers the documents of one page (a topic, its posts): a list shows the best of them.
    `has_own_title`: a reply stands under the title of something else, which shall come first.
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
    has_own_title: bool = True

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def page(self) -> str:
        return self.group or f"{self.kind}:{self.public_id}"


def document_of(kind: str, subject: Any, *, body: str, language: str, **facts: Any) -> Document:
    """Of a subject with a title in a space; its author, space and the like are loaded already."""
    known = {
        "kind": kind,
        "id": subject.id,
        "public_id": subject.public_id,
        "title": subject.title,
        "author": subject.author.username or "",
        "audience_id": subject.audience_id,
        "created_at": subject.created_at,
        "state": subject.state,
        "space": subject.space.slug,
    }
    return Document(body=body, language=language, **(known | facts))


def to_card(document: Document) -> str:
    """What an engine keeps to show the document again."""
    known = asdict(document) | {"created_at": document.created_at.isoformat()}
    return json.dumps(known, ensure_ascii=False)


def from_card(card: str) -> Document:
    known = json.loads(card)
    known["created_at"] = datetime.fromisoformat(known["created_at"])
    return Document(**(known | {"tags": tuple(known["tags"])}))


@lru_cache(maxsize=1000)
def code_of(name: str) -> int:
    """A number for a name, the same in every process: 63 bits, so that no two ever meet."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1
