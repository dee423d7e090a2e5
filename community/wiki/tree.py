"""The pages of a wiki as a tree, in which a page stands below the one its path begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, false, func, not_, or_, select

from community.database import session
from community.policy import visible
from community.spaces.models import Space
from community.subjects import State
from community.viewer import Viewer
from community.wiki.addresses import address_of
from community.wiki.models import Page
from community.wiki.paths import fold, parents_of
from community.wiki.queries import linked_from

MOST_PAGES = 1000
MOST_AROUND = 300
OPENED = (4, 16, 64, 256)


class Branch(NamedTuple):
    """A place in the tree; without a title there is no page there, only pages below."""

    path: str
    url: str
    title: str
    children: list["Branch"]


class Near(NamedTuple):
    """A page near another, or that `links` to it."""

    path: str
    title: str
    near: bool
    links: bool


@dataclass(frozen=True)
class Surroundings:
    """The top of the wiki with the branches opened that lead to a page, and what links to it."""

    tree: Sequence[Branch]
    backlinks: Sequence[Near] = ()


def whole_tree(space: Space, viewer: Viewer) -> list[Branch]:
    """All pages of the wiki, a thousand at most."""
    rows = session.execute(
        select(Page.path, Page.title)
        .where(Page.space_id == space.id, *_shown(viewer))
        .order_by(Page.path_folded)
        .limit(MOST_PAGES)
    )
    return grow(space, ((row.path, row.title) for row in rows))


def around_page(page: Page, viewer: Viewer) -> Surroundings:
    """With one statement; only what the viewer can read."""
    rows = _around(page.space, page.path, linked_from(page), viewer)
    return surroundings_of(page.space, [Near(*row) for row in rows])


def surroundings_of(space: Space, found: Sequence[Near]) -> Surroundings:
    return Surroundings(
        grow(space, ((one.path, one.title) for one in found if one.near)),
        [one for one in found if one.links],
    )


def around_path(space: Space, path: str, viewer: Viewer) -> Surroundings:
    """Where no page stands yet."""
    rows = _around(space, path, false(), viewer)
    return Surroundings(grow(space, ((row.path, row.title) for row in rows)))


def _around(
    space: Space, path: str, linking: ColumnElement[bool], viewer: Viewer
) -> Sequence[Row[str, str, bool, bool]]:
    near = is_near(Page, opened_for(path))
    return session.execute(
        select(Page.path, Page.title, near.label("near"), linking.label("links"))
        .where(Page.space_id == space.id, *_shown(viewer), or_(near, linking))
        .order_by(Page.path_folded)
        .limit(MOST_AROUND)
    ).all()


def opened_for(path: str) -> list[str]:
    """What is opened in the tree for who looks there: as many places for many depths, the last one
    repeated, for of each number a statement is made and kept. No page stands deeper than the most.
    """
    opened = [f"{fold(above)}/" for above in (*parents_of(path), path)][: OPENED[-1]]
    many = next(number for number in OPENED if number >= len(opened))
    return opened + opened[-1:] * (many - len(opened))


def is_near(page: Any, opened: Sequence[Any]) -> ColumnElement[bool]:
    """At the top of the tree, or right below one of these places."""
    return or_(not_(page.path.contains("/")), *[_right_below(page, above) for above in opened])


def _right_below(page: Any, above: Any) -> ColumnElement[bool]:
    begins = func.substr(page.path_folded, 1, func.length(above)) == above
    rest = func.substr(page.path_folded, func.length(above) + 1)
    return and_(begins, not_(rest.contains("/")))


def _shown(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return Page.state == State.PUBLISHED, visible(Page, viewer)


def grow(space: Space, pages: Iterable[tuple[str, str]]) -> list[Branch]:
    """The tree of these paths; what is missing above a page is put in without a title."""
    top: list[Branch] = []
    known: dict[str, Branch] = {}
    for folded, path, title in sorted(
        [(fold(path).split("/"), path, title) for path, title in pages]
    ):
        beside = top
        for step in parents_of(path) if "/" in path else ():
            above = fold(step)
            if above not in known:
                known[above] = Branch(step, address_of(space.slug, step), "", [])
                beside.append(known[above])
            beside = known[above].children
        branch = Branch(path, address_of(space.slug, path), title, [])
        known["/".join(folded)] = branch
        beside.append(branch)
    return top


def way_to(path: str, tree: Sequence[Branch]) -> list[Branch]:
    """The pages above this path, from the top down."""
    way, branches = [], tree
    for step in parents_of(path):
        found = next((one for one in branches if fold(one.path) == fold(step)), None)
        if found is None:
            break
        way.append(found)
        branches = found.children
    return [one for one in way if one.title]
