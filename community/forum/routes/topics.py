"""Topics: opening one, and the page of one."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from community.attachments.forms import posted_text
from community.errors import NotFound, Refusal
from community.forum.actions import start_topic
from community.forum.listing import around
from community.forum.queries import find_topic
from community.forum.routes.blueprint import bp
from community.forum.subjects import topic_url
from community.keeping.pages import kept, made_from
from community.limits import limit
from community.policy import authorize
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.texts.drafts import draft_at
from community.texts.preparation import prepare
from community.threads.conversation import open_conversation
from community.threads.quoting import quotes_for_readers_of
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("/t/<public_id>", defaults={"slug": ""})
@bp.get("/t/<public_id>/<slug>")
@access("anyone")
@kept("post")
def show_topic(public_id: str, slug: str) -> Any:
    viewer = current_viewer()
    topic = find_topic(public_id, viewer)
    if slug and slug != topic.slug:
        return _to_its_address(public_id, topic.slug)
    made_from(topic, topic.thread, for_long=True)
    talk = open_conversation(topic.thread, viewer, accepted_id=topic.accepted_post_id)
    return render_template(
        "forum/topic.html",
        topic=topic,
        talk=talk,
        archived=topic.space.archived_at is not None,
        **around(viewer, space=topic.space),
    )


def _to_its_address(public_id: str, slug: str) -> Response:
    """Only after the check, so that an old title tells nothing of a topic one may not see."""
    post = request.args.get("post")  # left out of the address where it is None
    url = url_for("forum.show_topic", public_id=public_id, slug=slug, post=post)
    return redirect(url, code=301)


@bp.get("/c/<slug>/new")
@access("signed_in")
def new_topic(slug: str) -> Any:
    viewer = current_viewer()
    space = find_space(slug, viewer)
    authorize(viewer, "topic.start", space)
    return _form(space, None)


@bp.post("/c/<slug>/topics")
@access("signed_in")
@limit("10/minute")
def create_topic(slug: str) -> Any:
    viewer = current_viewer()
    space = find_space(slug, viewer)
    form = request.form
    try:
        text = prepare(posted_text(viewer), quotes=quotes_for_readers_of(space.audience_id))
        token = form.get("submission", "")
        topic = start_topic(space, form.get("title", ""), text, by=viewer, submission=token)
    except Refusal as refusal:
        return _form(space, refusal)
    return see_other(topic_url(topic))


def _form(space: Space, refusal: Refusal | None) -> Any:
    """The empty form, the draft, or what was typed."""
    if isinstance(refusal, NotFound):
        raise refusal
    draft = draft_at(f"topic:{space.slug}", current_viewer())
    written = request.form if refusal else draft.fields if draft else {}
    page = render_template("forum/new.html", space=space, written=written, refusal=refusal)
    return page, refusal.status if refusal else 200
