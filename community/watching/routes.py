"""Choosing how much to hear of a subject, a space or a tag."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from community.errors import Invalid, NotFound
from community.limits import limit
from community.policy import find_subject
from community.spaces.addresses import space_url
from community.spaces.queries import find_space
from community.subjects import subject_url
from community.tagging.models import Tag
from community.tagging.queries import tag_named, tagged
from community.viewer import Viewer, current_viewer
from community.watching.actions import watch
from community.watching.levels import has_chosen
from community.watching.models import WatchLevel
from community.watching.slots import watch_context
from community.web import access, fragment, local_path

bp = Blueprint("watching", __name__)


@bp.post("/watch/<kind>/<key>")
@access("signed_in")
@limit("60/minute")
def change(kind: str, key: str):
    viewer = current_viewer()
    target = _find(kind, key, viewer)
    watch(target, _level(request.form.get("level", "")), by=viewer)
    back = local_path(request.form.get("back"), _page(kind, target))
    return fragment("watching/_watch.html", back_to=back, **watch_context(kind, target, viewer))


def _find(kind: str, key: str, viewer: Viewer) -> Any:
    if kind == "space":
        return find_space(key, viewer)
    if kind == "tag":
        return _find_tag(key, viewer)
    return find_subject(kind, key, viewer)


def _find_tag(name: str, viewer: Viewer) -> Tag:
    """One that the viewer meets somewhere, or watches from a time when they did."""
    tag = tag_named(name)
    if tag is None or not (tagged(tag, viewer) or has_chosen("tag", tag.id, viewer.member_id)):
        raise NotFound
    return tag


def _level(word: str) -> WatchLevel:
    try:
        return WatchLevel(word)
    except ValueError:
        raise Invalid({"level": _("Choose muted, normal, tracking or watching.")}) from None


def _page(kind: str, target: Any) -> str:
    if kind == "tag":
        return url_for("tagging.show", name=target.name)
    return space_url(target) if kind == "space" else subject_url(target)
