"""Where a space is shown: the rooms say it, each for its kind of space."""

from flask import url_for

from community.spaces.models import Space, SpaceKind

_pages: dict[SpaceKind, str] = {}


def show_spaces(kind: SpaceKind, endpoint: str) -> None:
    """Spaces of this kind are shown by a view that takes their slug."""
    _pages[kind] = endpoint


def space_url(space: Space) -> str:
    return url_for(_pages[space.kind], slug=space.slug)
