"""A page being opened by a person, which is what readings and impressions are made of."""

import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import g, request

from community.viewer import Viewer


@dataclass(frozen=True)
class Opening:
    """Who opens the page, a visitor without `member_id`, and where they come from."""

    member_id: int | None
    host: str
    referrer: str


Note = Callable[[Opening], None]


def opening_in(environ: Mapping[str, Any], member_id: int | None) -> Opening | None:
    """`None` where nobody reads: robots, a browser looking ahead, HEAD."""
    purpose = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE") or ""
    if environ["REQUEST_METHOD"] != "GET" or "prefetch" in purpose or "prerender" in purpose:
        return None
    if member_id is None and _is_robot(environ.get("HTTP_USER_AGENT", "")):
        return None
    return Opening(member_id, environ.get("HTTP_HOST", ""), environ.get("HTTP_REFERER", ""))


def is_reading(viewer: Viewer) -> bool:
    """Whether this request is such an opening."""
    return opening_in(request.environ, viewer.member_id) is not None


def when_opened(member_id: int | None, note: Note) -> None:
    """Have this opening noted, and each later one that is answered with the same kept page.

    `note` is a partial of a module's function with plain values: it outlives the request, and the
    process.
    """
    g.setdefault("notes_of_page", []).append(note)
    opening = opening_in(request.environ, member_id)
    if opening:
        note(opening)


def notes_of_page() -> tuple[Note, ...]:
    return tuple(g.get("notes_of_page", ()))


@lru_cache(4096)
def _is_robot(agent: str) -> bool:
    """Browsers say what they are."""
    return not agent or any(pattern.search(agent) for pattern in _robots())


@cache
def _robots() -> list[re.Pattern[str]]:
    """The package is read, not imported: it would keep all that it tells of each, 1.5 MB."""
    package = importlib.util.find_spec("crawleruseragents")
    assert package and package.origin
    told = json.loads(Path(package.origin).with_name("crawler-user-agents.json").read_text())
    patterns = [one["pattern"] for one in told]
    return [re.compile("|".join(patterns[at : at + 25])) for at in range(0, len(patterns), 25)]
