"""What every page with a list of topics shows around it: the spaces, and what is unread in each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from community.forum.lines import Line
from community.forum.unread import spaces_with_unread, standings
from community.pagination import Page
from community.spaces.models import Space
from community.spaces.shown import Shown
from community.viewer import Viewer


class Listed(NamedTuple):
    """A space in the side column, and how many topics are unread there."""

    id: int
    slug: str
    name: str
    is_child: bool
    unread: int


def around(viewer: Viewer, *, space: Space | None = None) -> dict[str, Any]:
    """The context of the side column: spaces, and what is unread in each."""
    counted = spaces_with_unread(viewer)
    spaces, listed = [one for one, _unread in counted], _listed(counted)
    return {
        "space": space,
        "spaces": spaces,
        "outside": listed[True],
        "inside": listed[False],
        "children": [one for one in spaces if space and one.parent_id == space.id],
        "unread": {one.id: count for one, count in counted},
        "unread_total": sum(count for _space, count in counted),
    }


def _listed(counted: Sequence[tuple[Shown, int]]) -> dict[bool, list[Listed]]:
    """The spaces in use, each followed by those within it; by whether others than employees see
    them.
    """
    within: dict[int | None, list[Listed]] = defaultdict(list)
    tops: list[tuple[bool, Listed]] = []
    for space, unread in counted:
        if not space.is_archived:
            one = Listed(space.id, space.slug, space.name, space.parent_id is not None, unread)
            if one.is_child:
                within[space.parent_id].append(one)
            else:
                tops.append((space.external, one))
    listed: dict[bool, list[Listed]] = {True: [], False: []}
    for external, top in tops:
        listed[external] += [top, *within[top.id]]
    return listed


def rows(page: Page[Line], viewer: Viewer, *, first: Sequence[Line] = ()) -> dict[str, Any]:
    """The context of a list: its topics, and how the viewer stands to each."""
    return {
        "page": page,
        "pinned": first,
        "standings": standings([*first, *page.items], viewer),
    }
