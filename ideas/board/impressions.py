"""What was shown to whom, and where it was opened from: kept from the first day, for no ranking can
be corrected for what was seen without it. Written through the buffer, so that pages stay quick.
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from flask import request

from community.buffers import is_reading, record
from community.viewer import Viewer
from ideas.board.events import DuplicatesShown, IdeaOpened, IdeasShown
from ideas.board.models import Idea

PLACES = {"/": "home", "/roadmap": "roadmap", "/search": "search", "/notifications": "notice"}


def note_shown(name: str, ideas: Sequence[Idea], viewer: Viewer, *, first_rank: int = 1) -> None:
    """A list was looked at; `first_rank` is the place of its first idea."""
    if ideas and is_reading(viewer):
        record(
            IdeasShown(
                actor_id=viewer.member_id,
                list=name,
                ideas=tuple(idea.id for idea in ideas),
                first_rank=first_rank,
            )
        )


def note_duplicates(ideas: Sequence[Idea], viewer: Viewer) -> None:
    if ideas:
        shown = tuple(idea.id for idea in ideas)
        record(DuplicatesShown(actor_id=viewer.member_id, ideas=shown))


def note_opened(idea: Idea, viewer: Viewer) -> None:
    if is_reading(viewer):
        record(
            IdeaOpened(
                actor_id=viewer.member_id,
                space_id=idea.space_id,
                audience_id=idea.audience_id,
                idea_id=idea.id,
                found_in=_found_in(request.referrer or ""),
            )
        )


def _found_in(referrer: str) -> str:
    """The list that the page before was, told from its address; empty for any other page."""
    parts = urlsplit(referrer)
    if parts.netloc != request.host:
        return ""
    if parts.path == "/ideas" or parts.path.startswith("/ideas/b/"):
        order = parse_qs(parts.query).get("sort", ["trending"])[0]
        return order if order in ("trending", "top", "new") else "trending"
    return PLACES.get(parts.path, "roadmap" if parts.path.startswith("/roadmap/") else "")
