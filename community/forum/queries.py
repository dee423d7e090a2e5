"""Lists of topics."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from community.forum.models import Topic
from community.pagination import Key, Page, page_by_key
from community.policy import visible
from community.spaces.models import Space
from community.viewer import Viewer


def latest_topics(
    viewer: Viewer, *, space: Space | None = None, token: str | None = None
) -> Page[Topic]:
    """Topics by their last activity."""
    topics = _readable_topics(viewer)
    if space:
        topics = topics.where(Topic.space_id == space.id)
    keys = [
        Key(Topic.active_at, lambda topic: topic.active_at, descending=True),
        Key(Topic.public_id, lambda topic: topic.public_id, descending=True),
    ]
    return page_by_key(topics, keys, token=token)


def _readable_topics(viewer: Viewer) -> Select[tuple[Topic]]:
    return (
        select(Topic)
        .where(visible(Topic, viewer))
        .options(joinedload(Topic.author), joinedload(Topic.space), joinedload(Topic.thread))
    )
