"""What is kept, and what the front knows of a request's answer."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from community import clock
from community.keeping.own import Reader
from community.keeping.pages import Made, Wanted
from community.keeping.parting import Words
from community.keeping.sharing import SharedPage
from community.versions import Standing

LONGEST = timedelta(minutes=1)  # for what time alone changes: a pin that ends, "top" of a week
MUCH_LONGER = timedelta(minutes=10)  # where that is nothing but how often it was seen

BESIDE = 2048  # what is held of a page beside what it says

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Kept:
    """`page` is a visitors' answer, or what members share."""

    page: bytes | SharedPage
    headers: Headers
    made: Made
    at: datetime = field(default_factory=clock.now)
    checked: Standing | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """What was checked here, another process has to check. What very many pages have in common
        is read back once for all of them.
        """
        made = self.made
        alike = without_length(self.headers), made.endpoint, made.audiences
        common = pickle.dumps(alike, pickle.HIGHEST_PROTOCOL)
        rest = made.stands, made.rows, made.versions, made.notes, made.only_for_one, made.for_long
        return _read_back, (common, self.page, self.at, rest)

    def is_old(self) -> bool:
        longest = MUCH_LONGER if self.made.for_long else LONGEST
        return not timedelta(0) <= clock.now() - self.at < longest

    @property
    def size(self) -> int:
        page = self.page
        return BESIDE + (len(page) if isinstance(page, bytes) else page.size)


def _read_back(common: bytes, page: bytes | SharedPage, at: datetime, rest: Any) -> Kept:
    headers, endpoint, audiences = _in_common(common)
    return Kept(page, headers, Made(endpoint, audiences, *rest), at)


@lru_cache(256)
def _in_common(common: bytes) -> tuple[Headers, str, frozenset[int]]:
    return pickle.loads(common)


@dataclass
class Answer:
    """What Flask answered; `wanted` where it is to be kept, and `body` is then one piece."""

    status: str
    headers: Headers
    body: Iterable[bytes]
    wanted: Wanted | None = None


@dataclass
class Known:
    """What is known of a member's page before it is made: with luck, all its `words` and `body`.

    `key` is its place among what is shared, `mine` among what is this reader's alone.
    """

    reader: Reader
    standing: Standing
    key: tuple[Any, ...]
    mine: bytes
    kept: Kept | None = None
    words: Words | None = None
    body: bytes = b""


def is_for_keeping(answer: Answer, environ: dict[str, Any]) -> bool:
    return answer.status.startswith("200") and environ["REQUEST_METHOD"] == "GET"


def without_cookies(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() != "set-cookie"]


def with_length(headers: Headers, length: int) -> Headers:
    return [*without_length(headers), ("Content-Length", str(length))]


def without_length(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() != "content-length"]


def key_of(environ: dict[str, Any], who: str | None) -> tuple[Any, ...]:
    """The host is part of it, so that only a host that was once let in finds anything; and so is
    what a proxy's header can put before all links.
    """
    where = environ.get("HTTP_HOST"), environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"]
    return *where, environ["QUERY_STRING"], who


def prefix_of(key: tuple[Any, ...]) -> str:
    return key[1]
