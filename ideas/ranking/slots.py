"""What other pages show of ideas."""

from community.slots import fills
from community.templating import piece
from community.viewer import current_viewer
from ideas.board.impressions import note_shown
from ideas.ranking.queries import moving_ideas


@fills("home.aside")
def ideas_on_the_move(**_page: object) -> str | None:
    viewer = current_viewer()
    ideas = moving_ideas(viewer)
    note_shown("home", ideas, viewer)
    return piece("ideas/_moving.html", ideas=ideas) if ideas else None
