"""What every page with a list of topics shows around it: the spaces, and what is unread in each."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from community.forum.models import Topic
from community.forum.unread import spaces_with_unread, standings
from community.pagination import Page
from community.spaces.models import Space
from community.viewer import Viewer

Loader = Callable[[Sequence[Topic]], None]

_loaders: list[Loader] = []


def loads_for_topics(loader: Loader) -> Loader:
    """Let a room fetch what its slots in lists need, for all topics of a page, with one query."""
    if loader not in _loaders:
        _loaders.append(loader)
    return loader


def around(viewer: Viewer, *, space: Space | None = None) -> dict[str, Any]:
    """The context of the side column: spaces, and what is unread in each."""
    counted = spaces_with_unread(viewer)
    spaces = [one for one, _unread in counted]
    return {
        "space": space,
        "spaces": spaces,
        "within": _by_parent(spaces),
        "children": [one for one in spaces if space and one.parent_id == space.id],
        "unread": {one.id: count for one, count in counted},
        "unread_total": sum(count for _space, count in counted),
    }


def _by_parent(spaces: Sequence[Space]) -> dict[int | None, list[Space]]:
    """The spaces in use within each, and under `None` those that stand by themselves."""
    within: dict[int | None, list[Space]] = defaultdict(list)
    for space in spaces:
        if not space.archived_at:
            within[space.parent_id].append(space)
    return within


def rows(page: Page[Topic], viewer: Viewer, *, first: Sequence[Topic] = ()) -> dict[str, Any]:
    """The context of a list: its topics, and how the viewer stands to each."""
    topics = [*first, *page.items]
    for loader in _loaders if topics else ():
        loader(topics)
    return {"page": page, "pinned": first, "standings": standings(topics, viewer)}
