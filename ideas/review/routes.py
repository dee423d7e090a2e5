"""The product manager's desk: deciding, taking a decision back, answering."""

from typing import Any

from flask import Blueprint, render_template, request

from community.attachments.forms import posted_text
from community.errors import NotFound, Refusal
from community.limits import limit
from community.policy import authorize
from community.texts.preparation import prepare
from community.viewer import current_viewer
from community.web import access, see_other
from ideas.board.models import Idea
from ideas.board.queries import find_idea
from ideas.board.statuses import STATUSES
from ideas.board.subjects import idea_url
from ideas.releases.queries import releases_of
from ideas.review.actions import change_status, respond, undo_status_change
from ideas.review.forms import read_decision
from ideas.review.queries import quarters_ahead

bp = Blueprint("review", __name__)


@bp.get("/ideas/<public_id>/status")
@access("signed_in")
def decide(public_id: str):
    idea = find_idea(public_id, current_viewer())
    authorize(current_viewer(), "idea.decide", idea)
    return _desk(idea)


@bp.post("/ideas/<public_id>/status")
@access("signed_in")
@limit("30/minute")
def create(public_id: str):
    viewer = current_viewer()
    idea = find_idea(public_id, viewer)
    try:
        authorize(viewer, "idea.decide", idea)
        change_status(idea, read_decision(request.form), by=viewer)
    except Refusal as refusal:
        return _desk(idea, refusal)
    return see_other(idea_url(idea))


@bp.post("/ideas/<public_id>/status/delete")
@access("signed_in")
@limit("30/minute")
def undo(public_id: str):
    idea = find_idea(public_id, current_viewer())
    undo_status_change(idea, by=current_viewer())
    return see_other(idea_url(idea))


@bp.get("/ideas/<public_id>/response")
@access("signed_in")
def answer(public_id: str):
    idea = find_idea(public_id, current_viewer())
    authorize(current_viewer(), "idea.answer", idea)
    return render_template("ideas/answer.html", idea=idea, refusal=None)


@bp.post("/ideas/<public_id>/response")
@access("signed_in")
@limit("30/minute")
def create_answer(public_id: str):
    viewer = current_viewer()
    idea = find_idea(public_id, viewer)
    try:
        authorize(viewer, "idea.answer", idea)
        respond(idea, prepare(posted_text(viewer)), by=viewer)
    except NotFound:
        raise
    except Refusal as refusal:
        return render_template("ideas/answer.html", idea=idea, refusal=refusal), refusal.status
    return see_other(idea_url(idea))


def _desk(idea: Idea, refusal: Refusal | None = None) -> Any:
    if isinstance(refusal, NotFound):
        raise refusal
    page = render_template(
        "ideas/status.html",
        idea=idea,
        following=[STATUSES[status] for status in idea.status_kind.then],
        releases=releases_of(idea.space),
        quarters=quarters_ahead(),
        errors=getattr(refusal, "errors", {}),
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200
