"""Ideas as subjects: their address, their history, and where one's draft of one goes on."""

from flask import url_for
from flask_babel import gettext as _

from community.errors import NotFound
from community.subjects import register_subject
from community.texts.drafts import Place, draft_place
from community.texts.histories import keeps_history
from community.texts.preparation import Prepared
from community.viewer import Viewer
from ideas.board.actions import edit_idea
from ideas.board.models import SUBJECT, Idea
from ideas.board.queries import find_board


def idea_url(idea: Idea) -> str:
    return url_for("ideas.show", public_id=idea.public_id, slug=idea.slug)


def bring_back(idea: Idea, text: Prepared, *, by: Viewer, base: int, summary: str = "") -> None:
    """Give the idea the text of an earlier revision, under the title it has now."""
    edit_idea(idea, idea.title, text, by=by, base=base)


@draft_place("idea")
def place_of_proposal(slug: str, viewer: Viewer) -> Place | None:
    try:
        board = find_board(slug, viewer)
    except NotFound:
        return None
    return Place(_("Propose an idea"), url_for("ideas.new", slug=slug), board.audience_id)


register_subject(
    SUBJECT,
    Idea,
    url=idea_url,
    title=lambda idea: idea.title,
    label=lambda: _("idea"),
    heading=lambda: _("Ideas"),
)
keeps_history(Idea, edit="idea.edit", change=bring_back)
