"""The forum's kind of subject."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from community.database import session
from community.errors import NotFound
from community.forum.models import Topic
from community.spaces.queries import find_space
from community.subjects import register_subject
from community.texts.drafts import Place, draft_place
from community.threads.models import Post
from community.viewer import Viewer


def topic_url(topic: Topic) -> str:
    return url_for("forum.show_topic", public_id=topic.public_id, slug=topic.slug)


def opening_text_id(topic: Topic) -> int | None:
    return session.scalar(
        select(Post.text_id).where(Post.thread_id == topic.thread_id, Post.number == 1)
    )


register_subject(
    "topic",
    Topic,
    url=topic_url,
    title=lambda topic: topic.title,
    label=lambda: _("topic"),
    heading=lambda: _("Topics"),
    text_id=opening_text_id,
)


@draft_place("topic")
def place_of_topic(slug: str, viewer: Viewer) -> Place | None:
    try:
        space = find_space(slug, viewer)
    except NotFound:
        return None
    title = _("New topic in %(space)s", space=space.name)
    return Place(title, url_for("forum.new_topic", slug=slug), space.audience_id)
