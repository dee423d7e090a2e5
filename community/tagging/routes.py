"""Tags, what carries them, and setting them."""

from flask import Blueprint, render_template, request

from community.errors import NotFound
from community.limits import limit
from community.policy import find_subject
from community.subjects import subject_kinds, subject_url
from community.tagging.actions import folded, parse_tags, set_tags
from community.tagging.queries import tag_counts, tag_named, tagged
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("tagging", __name__)


@bp.get("/tags")
@access("anyone")
def index():
    return render_template("tagging/index.html", counts=tag_counts(current_viewer()))


@bp.get("/tags/<name>")
@access("anyone")
def show(name: str):
    tag = tag_named(folded(name))
    found = tagged(tag, current_viewer()) if tag else {}
    if not tag or not found:
        raise NotFound
    return render_template("tagging/show.html", tag=tag, found=found, kinds=subject_kinds())


@bp.post("/tags/of/<kind>/<public_id>")
@access("signed_in")
@limit("30/minute")
def change(kind: str, public_id: str):
    subject = find_subject(kind, public_id, current_viewer())
    set_tags(subject, parse_tags(request.form.get("tags", "")), by=current_viewer())
    return see_other(subject_url(subject))
