"""Voting and taking the vote back; both may be sent again without harm."""

from typing import Any

from flask import Blueprint, request

from community.limits import limit
from community.policy import find_visible
from community.viewer import current_viewer
from community.web import access, fragment, local_path
from ideas.board.models import Idea
from ideas.board.subjects import idea_url
from ideas.voting.actions import accept_duplicate, vote_for, withdraw_vote

bp = Blueprint("voting", __name__)


@bp.post("/ideas/<public_id>/vote")
@access("signed_in")
@limit("60/minute")
def create(public_id: str):
    viewer = current_viewer()
    idea = find_visible(Idea, public_id, viewer)
    if request.args.get("found"):
        accept_duplicate(idea, by=viewer)
    else:
        vote_for(idea, by=viewer)
    return _vote(idea, voted=True)


@bp.post("/ideas/<public_id>/vote/delete")
@access("signed_in")
@limit("60/minute")
def delete(public_id: str):
    viewer = current_viewer()
    idea = find_visible(Idea, public_id, viewer)
    withdraw_vote(idea, by=viewer)
    return _vote(idea, voted=False)


def _vote(idea: Idea, *, voted: bool) -> Any:
    """The button as it is now, or back to the page it was pressed on."""
    url, back = idea_url(idea), request.form.get("back", "")
    return fragment(
        "ideas/_vote.html",
        back_to=local_path(back, url),
        idea=idea,
        has_voted=voted,
        back=local_path(back, url),
        found=bool(request.args.get("found")),
        large=bool(request.args.get("large")),
    )
