"""Topics and their lists."""

from flask import Blueprint, render_template, request

from community.errors import Refusal
from community.forum import queries
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.forum.subjects import topic_url
from community.limits import limit
from community.policy import find_visible
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.texts.preparation import prepare
from community.threads.conversation import open_conversation
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("forum", __name__)


@bp.get("/latest")
@access("anyone")
def latest():
    viewer = current_viewer()
    page = queries.latest_topics(viewer, token=request.args.get("after"))
    spaces = spaces_for(viewer, SpaceKind.CATEGORY)
    return render_template("forum/latest.html", page=page, spaces=spaces)


@bp.get("/c/<slug>")
@access("anyone")
def show_space(slug: str):
    viewer = current_viewer()
    space = find_space(slug, viewer)
    page = queries.latest_topics(viewer, space=space, token=request.args.get("after"))
    return render_template("forum/space.html", page=page, space=space)


@bp.get("/c/<slug>/new")
@access("signed_in")
def new_topic(slug: str):
    return render_template("forum/new.html", space=find_space(slug, current_viewer()))


@bp.post("/c/<slug>/topics")
@access("signed_in")
@limit("10/minute")
def create_topic(slug: str):
    viewer = current_viewer()
    space = find_space(slug, viewer)
    form = request.form
    try:
        text = prepare(form.get("text", ""))
        token = form.get("submission", "")
        topic = start_topic(space, form.get("title", ""), text, by=viewer, submission=token)
    except Refusal as refusal:
        return render_template("forum/new.html", space=space, refusal=refusal), refusal.status
    return see_other(topic_url(topic))


@bp.get("/t/<public_id>", defaults={"slug": ""})
@bp.get("/t/<public_id>/<slug>")
@access("anyone")
def show_topic(public_id: str, slug: str):
    viewer = current_viewer()
    topic = find_visible(Topic, public_id, viewer)
    talk = open_conversation(topic.thread, viewer, accepted_id=topic.accepted_post_id)
    return render_template("forum/topic.html", topic=topic, talk=talk)
