"""Topics and posts, written as a test needs them."""

from community.forum.actions import start_topic
from community.forum.models import Topic
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.threads.models import Post
from tests.world import Cast


def ask(cast: Cast, who: str = "ada", *, space: str = "help", title: str = "Row 12,000") -> Topic:
    viewer = cast.viewer(who)
    return start_topic(find_space(space, viewer), title, prepare("It stops."), by=viewer)


def answer(
    cast: Cast,
    topic: Topic,
    who: str = "ben",
    text: str = "Try again.",
    reply_to: Post | None = None,
) -> Post:
    return write_post(topic.thread, prepare(text), by=cast.viewer(who), reply_to=reply_to)
