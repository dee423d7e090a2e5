"""Addresses of the place a history came from: they lead on, after the check."""

from flask import Blueprint, redirect

from community.errors import NotFound
from community.importers.queries import imported_from
from community.policy import may_see
from community.subjects import subject_url
from community.viewer import current_viewer
from community.web import access

bp = Blueprint("importers", __name__)

KINDS = {"questions": "question", "q": "question", "a": "post"}


@bp.get("/<any(questions,q,a):kind>/<int:number>")
@bp.get("/<any(questions,q,a):kind>/<int:number>/<path:rest>")
@access("anyone")
def old_address(kind: str, number: int, rest: str = ""):
    """What cannot be read here is the same 404 as what never was, and leads nowhere."""
    for subject in imported_from("stackexchange", KINDS[kind], str(number)):
        if may_see(current_viewer(), subject):
            return redirect(subject_url(subject), code=301)
    raise NotFound
