"""New topics, of all spaces or of one, as a feed."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import NotFound
from community.feeds.registry import MOST_ENTRIES, Entry, Feed, feed
from community.forum.queries import newest_topics
from community.forum.subjects import topic_url
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space
from community.subjects import State
from community.threads.models import Post
from community.viewer import Viewer


@feed("forum")
def latest_topics(name: str, viewer: Viewer) -> Feed:
    if name != "latest":
        raise NotFound
    return Feed(_("Latest topics"), url_for("forum.latest"), _entries(viewer))


@feed("space")
def topics_of_space(slug: str, viewer: Viewer) -> Feed:
    space = find_space(slug, viewer)
    if space.kind not in (SpaceKind.CATEGORY, SpaceKind.GROUP):
        raise NotFound
    url = url_for("forum.show_space", slug=slug)
    return Feed(space.name, url, _entries(viewer, space), about=space.about)


def _entries(viewer: Viewer, space: Space | None = None) -> list[Entry]:
    topics = newest_topics(viewer, space, limit=MOST_ENTRIES)
    opening = session.scalars(
        select(Post)
        .where(
            Post.thread_id.in_([topic.thread_id for topic in topics]),
            Post.number == 1,
            Post.state == State.PUBLISHED,
        )
        .options(joinedload(Post.text))
    )
    texts = {post.thread_id: post.text for post in opening}
    return [
        Entry(
            id=f"topic/{topic.public_id}",
            title=topic.title,
            url=topic_url(topic),
            author=topic.author.name,
            published=topic.created_at,
            updated=max(topic.created_at, text.edited_at or topic.created_at),
            html=text.html,
        )
        for topic in topics
        if (text := texts.get(topic.thread.id)) is not None
    ]
