"""What the forum puts into pages: a way to begin a topic, and the answer's mark on posts."""

from flask import url_for
from flask_babel import gettext as _

from community.forum.models import Topic
from community.policy import can
from community.slots import entry, fills
from community.templating import piece
from community.threads.models import Post
from community.threads.subjects import owner_of
from community.viewer import current_viewer


@fills("header.new")
def new_topic() -> str:
    return entry(url_for("forum.choose_space"), _("Topic"))


@fills("header.menu")
def drafts() -> str:
    return entry(url_for("texts.drafts"), _("Drafts"))


@fills("post.end")
def answer_of_post(post: Post) -> str | None:
    """The topic is the page's own and already loaded, so this asks nothing of the database."""
    topic = owner_of(post.thread)
    if not isinstance(topic, Topic) or post.number == 1:
        return None
    if topic.accepted_post_id != post.id and not can(current_viewer(), "topic.accept", topic):
        return None
    return piece("forum/_answer.html", topic=topic, post=post)
