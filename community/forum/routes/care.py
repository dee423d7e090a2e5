"""Looking after a topic: one page with all that the viewer may do to it."""

from datetime import UTC, datetime, time
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from community import clock
from community.config import settings
from community.errors import Forbidden, Invalid, NotFound, Refusal
from community.forum import care
from community.forum.models import Topic
from community.forum.queries import find_topic
from community.forum.routes.blueprint import bp
from community.forum.subjects import topic_url
from community.limits import limit
from community.policy import authorize, can
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.viewer import current_viewer
from community.web import access, see_other

PERMISSIONS = ("topic.retitle", "topic.pin", "topic.lock", "topic.move", "topic.delete")


@bp.get("/t/<public_id>/care")
@access("signed_in")
def show_care(public_id: str) -> Any:
    viewer = current_viewer()
    topic = find_topic(public_id, viewer)
    if not any(can(viewer, permission, topic) for permission in PERMISSIONS):
        raise Forbidden
    return _page(topic, None)


@bp.post("/t/<public_id>/title")
@access("signed_in")
@limit("20/minute")
def retitle(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    try:
        care.retitle_topic(topic, request.form.get("title", ""), by=current_viewer())
    except Refusal as refusal:
        return _page(topic, refusal)
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/pin")
@access("signed_in")
@limit("20/minute")
def pin(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    authorize(current_viewer(), "topic.pin", topic)
    try:
        care.pin_topic(topic, until=_day(request.form.get("until", "")), by=current_viewer())
    except Refusal as refusal:
        return _page(topic, refusal)
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/pin/deletion")
@access("signed_in")
@limit("20/minute")
def unpin(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.unpin_topic(topic, by=current_viewer())
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/lock")
@access("signed_in")
@limit("20/minute")
def lock(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.lock_topic(topic, by=current_viewer())
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/lock/deletion")
@access("signed_in")
@limit("20/minute")
def unlock(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.unlock_topic(topic, by=current_viewer())
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/space")
@access("signed_in")
@limit("20/minute")
def move(public_id: str) -> Any:
    """Where the one who moves it can no longer read, they land in the list instead."""
    viewer = current_viewer()
    topic = find_topic(public_id, viewer)
    authorize(viewer, "topic.move", topic)
    try:
        care.move_topic(topic, find_space(request.form.get("space", ""), viewer), by=viewer)
    except NotFound:
        return _page(topic, Invalid({"space": _("Choose a space you can write in.")}))
    except Refusal as refusal:
        return _page(topic, refusal)
    flash(_("Moved to %(space)s.", space=topic.space.name))
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/deletion")
@access("signed_in")
@limit("20/minute")
def delete(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.delete_topic(topic, by=current_viewer())
    flash(_("The topic was deleted. You can restore it here."))
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/hiding")
@access("signed_in")
@limit("20/minute")
def hide(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.hide_topic(topic, by=current_viewer())
    return see_other(topic_url(topic))


@bp.post("/t/<public_id>/restoration")
@access("signed_in")
@limit("20/minute")
def restore(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    care.restore_topic(topic, by=current_viewer())
    return see_other(topic_url(topic))


def _day(text: str) -> datetime:
    """The end of the day, in the installation's zone."""
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        raise Invalid({"until": _("Choose a day within the next year.")}) from None
    return datetime.combine(day, time(23, 59, 59), settings().zone).astimezone(UTC)


def _page(topic: Topic, refusal: Refusal | None) -> tuple[str, int]:
    viewer = current_viewer()
    spaces = [
        space
        for space in spaces_for(viewer, SpaceKind.CATEGORY)
        if space.id != topic.space_id and can(viewer, "topic.start", space)
    ]
    page = render_template(
        "forum/care.html", topic=topic, spaces=spaces, today=clock.now().date(), refusal=refusal
    )
    return page, refusal.status if refusal else 200
