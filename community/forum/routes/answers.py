"""Accepting an answer, replacing it and taking it back."""

from typing import Any

from flask import render_template, request

from community.forum.answers import AnotherAnswer, accept_answer, unaccept_answer
from community.forum.queries import find_topic
from community.forum.routes.blueprint import bp
from community.forum.subjects import topic_url
from community.limits import limit
from community.policy import find_visible
from community.threads.models import Post
from community.threads.subjects import post_url
from community.viewer import current_viewer
from community.web import access, see_other


@bp.post("/t/<public_id>/answer")
@access("signed_in")
@limit("20/minute")
def accept(public_id: str) -> Any:
    viewer = current_viewer()
    topic = find_topic(public_id, viewer)
    post = find_visible(Post, request.form.get("post", ""), viewer)
    replace = request.form.get("replace") == "1"
    try:
        accept_answer(topic, post, by=viewer, replace=replace)
    except AnotherAnswer as refusal:
        page = render_template("forum/replace.html", topic=topic, post=post, refusal=refusal)
        return page, refusal.status
    return see_other(post_url(post))


@bp.post("/t/<public_id>/answer/deletion")
@access("signed_in")
@limit("20/minute")
def unaccept(public_id: str) -> Any:
    topic = find_topic(public_id, current_viewer())
    unaccept_answer(topic, by=current_viewer())
    return see_other(topic_url(topic))
