"""The lists of ideas, on all boards and on one."""

from flask import Blueprint, render_template, request

from community.i18n import spoken_in
from community.keeping.pages import kept, made_from
from community.spaces.models import Space
from community.viewer import current_viewer
from community.web import access
from ideas.board.impressions import note_shown
from ideas.board.queries import boards_for, count_ideas, find_board, tally_of
from ideas.ranking.queries import ORDERS, list_ideas, status_choices, wanted, whose_choices
from ideas.voting.queries import demand_for

bp = Blueprint("idea_lists", __name__)


@bp.context_processor
def _menus() -> dict[str, object]:
    statuses = status_choices(*spoken_in())
    return {"orders": ORDERS.values(), "statuses": statuses, "whose": whose_choices()}


@bp.get("/ideas")
@access("anyone")
@kept("sort", "status", "after", "rank")
def show():
    return _list_page(None)


@bp.get("/ideas/b/<slug>")
@access("anyone")
@kept("sort", "status", "after", "rank")
def show_board(slug: str):
    return _list_page(find_board(slug, current_viewer()))


def _list_page(board: Space | None) -> str:
    viewer, given = current_viewer(), request.args
    boards = boards_for(viewer)
    made_from(*boards)
    asked = wanted(given.get("sort", ""), given.get("status", ""), given.get("whose", ""), board)
    page = list_ideas(viewer, asked, token=given.get("after"))
    counts = count_ideas(viewer)
    rank = max(1, min(given.get("rank", 1, type=int), 100_000))
    note_shown(asked.order.name, page.items, viewer, first_rank=rank)
    return render_template(
        "ideas/list.html",
        asked=asked,
        page=page,
        rank=rank,
        demand=demand_for(page.items, viewer),
        boards=[(one, tally_of([counts.get(one.id, {})])) for one in boards],
        tally=tally_of([counts.get(board.id, {})] if board else list(counts.values())),
    )
