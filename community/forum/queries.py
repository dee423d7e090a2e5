"""Topics and their lists."""

import functools
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, not_, or_, select
from sqlalchemy.orm import joinedload

from community import clock
from community.audiences import Audience
from community.database import session
from community.errors import NotFound
from community.forum.models import Topic, TopicKind
from community.forum.unread import unread_ids
from community.members.models import Member, Segment
from community.pagination import Key, Page, page_by_key
from community.policy import may_see, visible
from community.spaces.models import Space
from community.subjects import State
from community.threads.models import Post, Thread
from community.viewer import Viewer

PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST_PINNED, AT_HOME = 10, 10

LATEST = (
    Key(Topic.active_at, lambda topic: topic.active_at, descending=True),
    Key(Topic.public_id, lambda topic: topic.public_id, descending=True),
)
# By the thread, opened in the same moment as its topic: its index knows who waits.
NEWEST = (
    Key(Thread.created_at, lambda topic: topic.thread.created_at, descending=True),
    Key(Topic.public_id, lambda topic: topic.public_id, descending=True),
)


def find_topic(public_id: str, viewer: Viewer) -> Topic:
    """Raise `NotFound` for a topic that is absent or not for this viewer."""
    found = session.scalar(_topic(), {"name": public_id})
    if found is None or not may_see(viewer, found):
        raise NotFound
    return found


@functools.cache
def _topic() -> Select[Topic]:
    """With its thread and space; its author and answer are mostly among the posts of its page."""
    named = select(Topic).where(Topic.public_id == bindparam("name"))
    return named.options(joinedload(Topic.thread), joinedload(Topic.space))


def latest_topics(
    viewer: Viewer,
    *,
    spaces: list[Space] | None = None,
    token: str | None = None,
    limit: int = 30,
) -> Page[Topic]:
    """Topics by their last activity; in spaces, what is pinned stands apart."""
    topics = _readable_topics(viewer)
    if spaces is not None:
        topics = topics.where(Topic.space_id.in_([space.id for space in spaces]), not_(_pinned()))
    return page_by_key(topics, LATEST, token=token, limit=limit)


def newest_topics(viewer: Viewer, space: Space | None = None, *, limit: int) -> list[Topic]:
    """What was opened last, whatever was said since."""
    topics = _readable_topics(viewer).where(Topic.state == State.PUBLISHED)
    if space is not None:
        topics = topics.where(Topic.space_id == space.id)
    return list(session.scalars(topics.order_by(Topic.created_at.desc()).limit(limit)))


def pinned_topics(viewer: Viewer, space: Space) -> list[Topic]:
    """What stands first in the space today."""
    topics = _readable_topics(viewer).where(Topic.space_id == space.id, _pinned())
    newest = topics.order_by(Topic.created_at.desc()).limit(MOST_PINNED)
    return list(session.scalars(newest))


def unread_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Topic]:
    """Topics with something new for the viewer, by their last activity."""
    topics = _readable_topics(viewer).where(Topic.id.in_(unread_ids(viewer)))
    return page_by_key(topics, LATEST, token=token, limit=limit)


def unanswered_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Topic]:
    """Topics that need a response and have none by another than who asked; the newest first.

    Announcements need none, nor does what an employee opens in an external space. Closing a topic
    answers nothing.
    """
    topics = (
        _readable_topics(viewer)
        .join(Thread, Thread.id == Topic.thread_id)
        .join(Member, Member.id == Topic.author_id)
        .join(Audience, Audience.id == Topic.audience_id)
        .where(
            Topic.state == State.PUBLISHED,
            Topic.kind != TopicKind.ANNOUNCEMENT,
            Thread.subject_kind == "topic",
            Thread.first_response_at.is_(None),
            or_(Member.segment != Segment.EMPLOYEE, not_(Audience.external)),
        )
    )
    return page_by_key(topics, NEWEST, token=token, limit=limit)


def top_topics(viewer: Viewer, period: str, *, token: str | None = None) -> Page[Topic]:
    """Topics by how many posts they had in the period, and how many reactions those got.

    The likes that an imported post came with count as reactions, and votes against it as less.
    """
    since = clock.now() - timedelta(days=PERIODS[period])
    score = func.count() + func.sum(Post.reaction_count + Post.tally)
    scores = (
        select(Post.thread_id, score.label("score"))
        .where(Post.created_at >= since, Post.state == State.PUBLISHED)
        .group_by(Post.thread_id)
        .subquery()
    )
    topics = (
        _readable_topics(viewer)
        .join(scores, scores.c.thread_id == Topic.thread_id)
        .add_columns(scores.c.score)
        .where(Topic.state == State.PUBLISHED)
    )
    keys = (
        Key(scores.c.score, lambda row: int(row.score), descending=True),
        Key(Topic.public_id, lambda row: row.Topic.public_id, descending=True),
    )
    page = page_by_key(topics, keys, token=token, scalars=False)
    return Page([row.Topic for row in page.items], page.next, page.previous, page.lost)


def _readable_topics(viewer: Viewer) -> Select[Any]:
    return (
        select(Topic)
        .where(visible(Topic, viewer))
        .options(
            joinedload(Topic.author),
            joinedload(Topic.space),
            joinedload(Topic.thread),
        )
    )


def _pinned():
    return and_(Topic.pinned_until.is_not(None), Topic.pinned_until > clock.now())
