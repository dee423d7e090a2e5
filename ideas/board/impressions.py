"""What was shown to whom, and where it was opened from: kept from the first day, for no ranking can
be corrected for what was seen without it. Written through the buffer, so that pages stay quick.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from community.buffers import record
from community.openings import Opening, when_opened
from community.viewer import Viewer
from ideas.board.events import DuplicatesShown, IdeaOpened, IdeasShown
from ideas.board.models import Idea

PLACES = {"/": "home", "/roadmap": "roadmap", "/search": "search", "/notifications": "notice"}


def note_shown(name: str, ideas: Sequence[Any], viewer: Viewer, *, first_rank: int = 1) -> None:
    """A list of ideas, or of their lines, was looked at; `first_rank` is the place of its first."""
    if not ideas:
        return
    shown = tuple(idea.id for idea in ideas)
    when_opened(viewer.member_id, partial(_seen, name, shown, first_rank))


def _seen(name: str, shown: tuple[int, ...], first_rank: int, by: Opening) -> None:
    record(IdeasShown(actor_id=by.member_id, list=name, ideas=shown, first_rank=first_rank))


def note_duplicates(ideas: Sequence[Idea], viewer: Viewer) -> None:
    if ideas:
        shown = tuple(idea.id for idea in ideas)
        record(DuplicatesShown(actor_id=viewer.member_id, ideas=shown))


def note_opened(idea: Idea, viewer: Viewer) -> None:
    when_opened(viewer.member_id, partial(_opened, idea.id, idea.space_id, idea.audience_id))


def _opened(idea_id: int, space_id: int, audience_id: int, by: Opening) -> None:
    record(
        IdeaOpened(
            actor_id=by.member_id,
            space_id=space_id,
            audience_id=audience_id,
            idea_id=idea_id,
            found_in=_found_in(by),
        )
    )


def _found_in(opening: Opening) -> str:
    """The list that the page before was, told from its address; empty for any other page."""
    parts = urlsplit(opening.referrer)
    if parts.netloc != opening.host:
        return ""
    if parts.path == "/ideas" or parts.path.startswith("/ideas/b/"):
        order = parse_qs(parts.query).get("sort", ["trending"])[0]
        return order if order in ("trending", "top", "new") else "trending"
    return PLACES.get(parts.path, "roadmap" if parts.path.startswith("/roadmap/") else "")
