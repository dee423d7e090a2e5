"""The roadmap, of all boards and of one."""

from flask import Blueprint, render_template

from community.keeping.pages import kept, made_from
from community.spaces.models import Space
from community.viewer import current_viewer
from community.web import access
from ideas.board.impressions import note_shown
from ideas.board.queries import boards_for, find_board
from ideas.roadmap.queries import roadmap_for

bp = Blueprint("roadmap", __name__)


@bp.get("/roadmap")
@access("anyone")
@kept()
def show():
    return _page(None)


@bp.get("/roadmap/b/<slug>")
@access("anyone")
@kept()
def show_board(slug: str):
    return _page(find_board(slug, current_viewer()))


def _page(board: Space | None) -> str:
    viewer = current_viewer()
    boards = boards_for(viewer)
    made_from(*boards)
    columns = roadmap_for(viewer, board=board)
    note_shown("roadmap", [idea for column in columns for idea in column.ideas], viewer)
    return render_template("ideas/roadmap.html", board=board, boards=boards, columns=columns)
