"""The kinds of feed: each place says how its feeds are made, for the eyes of a visitor.

In the place's `feeds.py`:

    @feed("blog")
    def blog(slug: str, viewer: Viewer) -> Feed: ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from community.viewer import Viewer

MOST_ENTRIES = 30


@dataclass(frozen=True)
class Entry:
    """`id` is the kind and the public id, e.g. `article/k3f9x2ab`; `html` is as we render it."""

    id: str
    title: str
    url: str
    author: str
    published: datetime
    updated: datetime
    html: str
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    """`url` is the page that shows the same."""

    title: str
    url: str
    entries: Sequence[Entry]
    about: str = ""


Maker = Callable[[str, Viewer], Feed]

_makers: dict[str, Maker] = {}


def feed(kind: str) -> Callable[[Maker], Maker]:
    """Register what makes the feeds of a kind; it raises `NotFound` for a name it does not know."""

    def register(maker: Maker) -> Maker:
        _makers[kind] = maker
        return maker

    return register


def feed_maker(kind: str) -> Maker | None:
    return _makers.get(kind)
