"""The search page, suggestions while typing, and the way from a result to its page."""

import secrets

from flask import Blueprint, redirect, render_template, request

from community.limits import limiter
from community.search import queries, recording
from community.search.showing import find_result
from community.viewer import current_viewer
from community.web import access

bp = Blueprint("search", __name__)

DEEPEST = 1000


@bp.get("/search")
@access("anyone")
@limiter.limit("30/minute")
def show():
    text, kind = request.args.get("q", ""), request.args.get("type", "")
    latest = request.args.get("order") == "latest"
    after = min(max(request.args.get("after", 0, type=int), 0), DEEPEST)
    name, answer = secrets.token_urlsafe(9), None
    if text.strip():
        viewer = current_viewer()
        answer = queries.search_for(text, viewer, kind=kind, after=after, latest=latest)
        recording.search_done(answer, search=name, viewer=viewer)
    return render_template(
        "search/show.html", answer=answer, search=name, text=text, kind=kind, latest=latest
    )


@bp.get("/search/suggest")
@access("anyone")
@limiter.limit("120/minute")
def suggest():
    text = request.args.get("q", "")
    shown = queries.complete(text, current_viewer()) if text.strip() else []
    return render_template("search/_suggestions.html", shown=shown, text=text)


@bp.get("/search/<search>/<int:place>/<kind>/<public_id>")
@access("anyone")
def open_result(search: str, place: int, kind: str, public_id: str):
    viewer = current_viewer()
    row, url = find_result(kind, public_id, viewer)
    recording.result_opened(kind, row, search=search, place=place, viewer=viewer)
    return redirect(url, code=303)
