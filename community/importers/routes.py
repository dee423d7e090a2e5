"""Addresses of the place a history came from: they lead on, after the check."""

from typing import Any

from flask import Blueprint, redirect, request

from community.errors import NotFound
from community.forum.routes.topics import show_topic
from community.forum.subjects import topic_url
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
    return redirect(subject_url(_seen("stackexchange", KINDS[kind], number)), code=301)


@bp.get("/t/<int:number>/<int:post>")
@bp.get("/t/<slug>/<int:number>/<int:post>")
@access("anyone")
def old_post(number: int, post: int, slug: str = ""):
    """A post of a Discourse topic, by its number in it, which it has kept."""
    if not slug and (ours := _ours()):
        return ours
    url = topic_url(_seen("discourse", "topic", number))
    return redirect(f"{url}?post={post}#p{post}", code=301)


@bp.get("/t/<int:number>")
@bp.get("/t/<slug>/<int:number>")
@access("anyone")
def old_topic(number: int, slug: str = ""):
    """A Discourse topic, unless a topic of the house's own has this address."""
    return _ours() or redirect(topic_url(_seen("discourse", "topic", number)), code=301)


@bp.get("/p/<int:number>")
@access("anyone")
def old_short_address(number: int):
    return redirect(subject_url(_seen("discourse", "post", number)), code=301)


def _seen(system: str, kind: str, number: int) -> Any:
    for subject in imported_from(system, kind, str(number)):
        if may_see(current_viewer(), subject):
            return subject
    raise NotFound


def _ours() -> Any:
    """The page of the topic whose own address looks like an old one, if there is such a topic."""
    public_id, *slug = request.path.split("/")[2:]
    try:
        return show_topic(public_id, *(slug or [""]))
    except NotFound:
        return None
