"""An idea's page, proposing one, changing it, and what looks like it."""

from typing import Any

from flask import Blueprint, render_template, request

from community.attachments.forms import posted_text
from community.errors import NotFound, Refusal
from community.keeping.pages import kept
from community.limits import limit
from community.policy import authorize, can, find_visible
from community.spaces.models import Space
from community.texts.drafts import draft_at
from community.texts.preparation import prepare
from community.threads.conversation import open_conversation
from community.viewer import current_viewer
from community.web import access, is_fragment_request, see_other
from ideas.board import actions, wording
from ideas.board.impressions import note_duplicates, note_opened
from ideas.board.models import Idea
from ideas.board.queries import boards_open_to, find_board, find_idea, notes_on
from ideas.board.similar import similar_ideas
from ideas.board.subjects import idea_url
from ideas.review.queries import can_be_undone, history_of
from ideas.voting.queries import demand_for, organizations_behind

bp = Blueprint("ideas", __name__)
for _function in (
    wording.change_words,
    wording.needs_words,
    wording.promise_words,
    wording.quarter_words,
    wording.status_words,
):
    bp.add_app_template_global(_function)


@bp.get("/ideas/<public_id>", defaults={"slug": ""})
@bp.get("/ideas/<public_id>/<slug>")
@access("anyone")
@kept("post")
def show(public_id: str, slug: str):
    viewer = current_viewer()
    idea = find_idea(public_id, viewer)
    note_opened(idea, viewer)
    return render_template(
        "ideas/show.html",
        idea=idea,
        talk=open_conversation(idea.thread, viewer),
        demand=demand_for([idea], viewer)[idea.id],
        organizations=organizations_behind(idea) if viewer.is_employee else [],
        history=history_of(idea),
        notes=notes_on(idea, viewer),
        undoable=can_be_undone(idea) and can(viewer, "idea.decide", idea),
    )


# Proposing -------------------------------------------------------------------


@bp.get("/ideas/new")
@access("signed_in")
def choose_board():
    boards = boards_open_to(current_viewer())
    if len(boards) == 1:
        return _proposal(boards[0])
    return render_template("ideas/choose_board.html", boards=boards)


@bp.get("/ideas/b/<slug>/new")
@access("signed_in")
def new(slug: str):
    board = find_board(slug, current_viewer())
    authorize(current_viewer(), "idea.propose", board)
    return _proposal(board)


@bp.post("/ideas/b/<slug>/ideas")
@access("signed_in")
@limit("10/minute")
def create(slug: str):
    viewer, form = current_viewer(), request.form
    board = find_board(slug, viewer)
    if form.get("check"):
        return _proposal(board)
    try:
        authorize(viewer, "idea.propose", board)
        text, token = prepare(posted_text(viewer)), form.get("submission", "")
        idea = actions.propose_idea(board, form.get("title", ""), text, by=viewer, submission=token)
    except Refusal as refusal:
        return _proposal(board, refusal)
    return see_other(idea_url(idea))


def _proposal(board: Space, refusal: Refusal | None = None) -> Any:
    """The form with what was typed; never an empty one after a refusal."""
    viewer = current_viewer()
    draft = draft_at(f"idea:{board.slug}", viewer)
    typed = request.form or (draft.fields if draft else {})
    similar = similar_ideas(typed.get("title", ""), viewer)
    note_duplicates(similar, viewer)
    page = render_template(
        "ideas/new.html",
        board=board,
        typed=typed,
        similar=similar,
        demand=demand_for(similar, viewer),
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


@bp.get("/ideas/similar")
@access("anyone")
def similar():
    """What is like the title being typed: a part of the form, or a page of its own."""
    viewer, title = current_viewer(), request.args.get("title", "")[:200]
    ideas = similar_ideas(title, viewer)
    note_duplicates(ideas, viewer)
    name = "ideas/_similar.html" if is_fragment_request() else "ideas/similar.html"
    return render_template(name, similar=ideas, title=title, demand=demand_for(ideas, viewer))


# Changing --------------------------------------------------------------------


@bp.get("/ideas/<public_id>/edit")
@access("signed_in")
def edit(public_id: str):
    idea = find_idea(public_id, current_viewer())
    authorize(current_viewer(), "idea.edit", idea)
    return render_template("ideas/edit.html", idea=idea, refusal=None)


@bp.post("/ideas/<public_id>/edit")
@access("signed_in")
@limit("20/minute")
def change(public_id: str):
    viewer, form = current_viewer(), request.form
    idea = find_idea(public_id, viewer)
    try:
        authorize(viewer, "idea.edit", idea)
        base, text = form.get("base", 0, type=int), prepare(posted_text(viewer))
        actions.edit_idea(idea, form.get("title", ""), text, by=viewer, base=base)
    except NotFound:
        raise
    except Refusal as refusal:
        return render_template("ideas/edit.html", idea=idea, refusal=refusal), refusal.status
    return see_other(idea_url(idea))


@bp.post("/ideas/<public_id>/withdrawal")
@access("signed_in")
@limit("10/minute")
def withdraw(public_id: str):
    idea = find_visible(Idea, public_id, current_viewer())
    actions.withdraw_idea(idea, by=current_viewer())
    return see_other(idea_url(idea))


@bp.post("/ideas/<public_id>/removal")
@access("signed_in")
@limit("30/minute")
def remove(public_id: str):
    idea = find_visible(Idea, public_id, current_viewer())
    actions.remove_idea(idea, by=current_viewer())
    return see_other(idea_url(idea))


@bp.post("/ideas/<public_id>/removal/delete")
@access("signed_in")
@limit("30/minute")
def restore(public_id: str):
    idea = find_visible(Idea, public_id, current_viewer())
    actions.restore_idea(idea, by=current_viewer())
    return see_other(idea_url(idea))


@bp.post("/ideas/<public_id>/notes")
@access("signed_in")
@limit("20/minute")
def create_note(public_id: str):
    viewer = current_viewer()
    idea = find_visible(Idea, public_id, viewer)
    authorize(viewer, "idea.note", idea)
    actions.write_note(idea, prepare(request.form.get("note", ""), field="note"), by=viewer)
    return see_other(idea_url(idea) + "#notes")
