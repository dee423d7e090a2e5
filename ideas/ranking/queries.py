"""The lists of ideas: each order is a row, filters narrow any of them, pages go by key."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select

from community.database import session
from community.keeping.alike import ask
from community.keeping.statements import given
from community.pagination import Key, Page, Step, in_order, in_steps, names_of, page_of
from community.policy import visible
from community.spaces.models import Space
from community.subjects import State
from community.viewer import Viewer
from ideas.board.lines import IdeaLine, line_from, readable_lines
from ideas.board.models import Idea
from ideas.board.statuses import CATEGORIES, STATUSES, Category, Status, statuses_in
from ideas.voting.models import Vote

PER_PAGE = 30
MOST_MOVING = 5

_NEWER = Key(Idea.created_at, lambda idea: idea.created_at, descending=True)
_OLDER = Key(Idea.created_at, lambda idea: idea.created_at)
_LAST = Key(Idea.public_id, lambda idea: idea.public_id)


@dataclass(frozen=True)
class Order:
    """How a list is sorted. `among`: the categories it shows if no status is asked for."""

    name: str
    label: LazyString
    keys: tuple[Key, ...]
    among: tuple[Category, ...] = tuple(Category)


ORDERS = {
    order.name: order
    for order in (
        Order(
            "trending",
            _l("Trending"),
            (Key(Idea.trend, lambda idea: idea.trend, descending=True), _NEWER, _LAST),
            among=(Category.OPEN, Category.COMMITTED),
        ),
        Order(
            "top",
            _l("Top"),
            (Key(Idea.vote_count, lambda idea: idea.vote_count, descending=True), _OLDER, _LAST),
        ),
        Order("new", _l("New"), (_NEWER, _LAST)),
    )
}
DEFAULT = ORDERS["trending"]
UNLISTED = (Status.WITHDRAWN, Status.REMOVED)
WHOSE = {"mine": _l("My ideas"), "voted": _l("I voted for")}


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for. `status` is a status or a category, `whose` "mine" or "voted"."""

    order: Order = DEFAULT
    status: str = ""
    whose: str = ""
    board: Space | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.status or self.whose)

    @property
    def arguments(self) -> dict[str, str | None]:
        """For an address of the same list, without what is the default."""
        return {
            "sort": self.order.name if self.order != DEFAULT else None,
            "status": self.status or None,
            "whose": self.whose or None,
        }


def wanted(sort: str, status: str, whose: str, board: Space | None) -> Wanted:
    """From an address; what is not known there asks for nothing."""
    known = status in STATUSES or status in tuple(Category)
    return Wanted(
        ORDERS.get(sort, DEFAULT),
        status if known else "",
        whose if whose in WHOSE else "",
        board,
    )


@lru_cache(16)
def status_choices(*_language: Hashable) -> list[tuple[str, str]]:
    """(value, label), as the reader sees them: each category, then each status that a list can
    hold.
    """
    shown = [row for row in STATUSES.values() if row.status not in UNLISTED]
    return [
        ("", _("any")),
        *((str(category), str(label)) for category, label in CATEGORIES.items()),
        *((str(row.status), str(row.label)) for row in shown),
    ]


def whose_choices() -> list[tuple[str, LazyString | str]]:
    return [("", _("everybody’s")), *WHOSE.items()]


def list_ideas(viewer: Viewer, asked: Wanted, *, token: str | None = None) -> Page[IdeaLine]:
    """A page of what the viewer can read; one's own ideas come in whatever status they are."""
    keys = asked.order.keys

    def rows(step: Step, place: dict[str, Any]) -> list[IdeaLine]:
        if asked.is_filtered:
            ideas = readable_lines(viewer).where(*_filters(viewer, asked))
            ideas = in_steps(ideas, keys, step, list(place.values())).limit(PER_PAGE + 1)
            return [line_from(row) for row in session.execute(ideas)]
        name, board = f"ideas.{asked.order.name}.{step}", asked.board
        if board is None:
            found = ask(viewer, name, partial(_step, asked.order.name, step), **place)
        else:
            make = partial(_step_on_board, asked.order.name, step)
            found = ask(viewer, f"{name}.board", make, board=board.id, **place)
        return [line_from(row) for row in found]

    return page_of(rows, keys, token=token, limit=PER_PAGE)


def _step(order: str, step: Step, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Without filters a list is asked for by very many."""
    keys = ORDERS[order].keys
    ideas = readable_lines(viewer).where(*_filters(viewer, Wanted(ORDERS[order])))
    place = [given(name) for name in names_of(keys)]
    return in_steps(ideas, keys, step, place).limit(PER_PAGE + 1)


def _step_on_board(order: str, step: Step, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return _step(order, step, viewer).where(Idea.space_id == given("board"))


def _filters(viewer: Viewer, asked: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = [Idea.state == State.PUBLISHED]
    if asked.board:
        filters.append(Idea.space_id == asked.board.id)
    if asked.status:
        filters.append(Idea.status.in_(_statuses(asked.status)))
    elif not asked.whose and asked.order.among != tuple(Category):
        filters.append(Idea.status.in_(statuses_in(*asked.order.among)))
    if asked.whose == "mine":
        filters.append(Idea.author_id == viewer.member_id)
    elif asked.whose == "voted":
        filters.append(Idea.id.in_(select(Vote.idea_id).where(Vote.member_id == viewer.member_id)))
    return filters


def _statuses(asked: str) -> Sequence[Status]:
    return [Status(asked)] if asked in STATUSES else statuses_in(Category(asked))


class Moving(NamedTuple):
    """An idea as a line beside other things."""

    id: int
    public_id: str
    slug: str
    title: str
    vote_count: int


def moving_ideas(viewer: Viewer) -> Sequence[Moving]:
    """The first ones of "trending" over all boards."""
    return [Moving(*row) for row in ask(viewer, "ideas.moving", _moving_ideas)]


def _moving_ideas(viewer: Viewer) -> Select[int, str, str, str, int]:
    """Nearly all have votes: the index of the order is the one to walk along, not that of these."""
    has_votes = Idea.vote_count + 0 > 0
    ideas = select(Idea.id, Idea.public_id, Idea.slug, Idea.title, Idea.vote_count).where(
        visible(Idea, viewer), *_filters(viewer, Wanted()), has_votes
    )
    return in_order(ideas, DEFAULT.keys, Step.FIRST).limit(MOST_MOVING)
