"""What the forum puts into pages: a way to begin a topic, and the answer's mark on posts."""

from collections.abc import Sequence

from flask import g, url_for
from flask_babel import gettext as _

from community.forum.models import Topic
from community.policy import can
from community.slots import entry, fills
from community.templating import piece
from community.threads.conversation import loads_for_posts
from community.threads.shown import Shown
from community.threads.subjects import owner_of
from community.viewer import current_viewer


@fills("header.new")
def new_topic() -> str:
    return entry(url_for("forum.choose_space"), _("Topic"))


@fills("header.menu")
def drafts() -> str:
    return entry(url_for("texts.drafts"), _("Drafts"))


@loads_for_posts
def load_question(posts: Sequence[Shown]) -> None:
    """The topic of a page's posts, and whether the viewer may say which of them answers it."""
    topic = owner_of(posts[0].thread) if posts else None
    if isinstance(topic, Topic):
        g.question = topic, can(current_viewer(), "topic.accept", topic)


@fills("post.end")
def answer_of_post(post: Shown) -> str | None:
    topic, may_accept = g.get("question", (None, False))
    if topic is None or post.number == 1:
        return None
    if topic.accepted_post_id != post.id and not may_accept:
        return None
    return piece("forum/_answer.html", topic=topic, post=post)
