"""Topics and their lists."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, not_, or_, select
from sqlalchemy.orm import joinedload

from community import clock
from community.audiences import Audience
from community.database import session
from community.errors import NotFound
from community.forum.lines import Line, line_from, readable_topics
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

BY_ID = Key(Topic.public_id, lambda row: row.public_id, descending=True)
LATEST = (Key(Topic.active_at, lambda row: row.active_at, descending=True), BY_ID)
# By the thread, opened in the same moment as its topic: its index knows who waits.
NEWEST = (Key(Thread.created_at, lambda row: row.asked_at, descending=True), BY_ID)


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
) -> Page[Line]:
    """Topics by their last activity; in spaces, what is pinned stands apart."""
    topics = readable_topics(viewer)
    if spaces is not None:
        topics = topics.where(Topic.space_id.in_([space.id for space in spaces]), not_(_pinned()))
    return _page(topics, LATEST, token=token, limit=limit)


def newest_topics(viewer: Viewer, space: Space | None = None, *, limit: int) -> list[Topic]:
    """What was opened last, whatever was said since."""
    topics = (
        select(Topic)
        .where(visible(Topic, viewer), Topic.state == State.PUBLISHED)
        .options(joinedload(Topic.author), joinedload(Topic.space), joinedload(Topic.thread))
    )
    if space is not None:
        topics = topics.where(Topic.space_id == space.id)
    return list(session.scalars(topics.order_by(Topic.created_at.desc()).limit(limit)))


def pinned_topics(viewer: Viewer, space: Space) -> list[Line]:
    """What stands first in the space today."""
    topics = readable_topics(viewer).where(Topic.space_id == space.id, _pinned())
    newest = topics.order_by(Topic.created_at.desc()).limit(MOST_PINNED)
    return [line_from(row) for row in session.execute(newest)]


def unread_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Line]:
    """Topics with something new for the viewer, by their last activity."""
    topics = readable_topics(viewer).where(Topic.id.in_(unread_ids(viewer)))
    return _page(topics, LATEST, token=token, limit=limit)


def unanswered_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Line]:
    """Topics that need a response and have none by another than who asked; the newest first.

    Announcements need none, nor does what an employee opens in an external space. Closing a topic
    answers nothing.
    """
    topics = (
        readable_topics(viewer)
        .join(Audience, Audience.id == Topic.audience_id)
        .where(
            Topic.state == State.PUBLISHED,
            Topic.kind != TopicKind.ANNOUNCEMENT,
            Thread.subject_kind == "topic",
            Thread.first_response_at.is_(None),
            or_(Member.segment != Segment.EMPLOYEE, not_(Audience.external)),
        )
    )
    return _page(topics, NEWEST, token=token, limit=limit)


def top_topics(viewer: Viewer, period: str, *, token: str | None = None) -> Page[Line]:
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
        readable_topics(viewer)
        .join(scores, scores.c.thread_id == Topic.thread_id)
        .add_columns(scores.c.score)
        .where(Topic.state == State.PUBLISHED)
    )
    by_score = Key(scores.c.score, lambda row: int(row.score), descending=True)
    return _page(topics, (by_score, BY_ID), token=token)


def _page(
    topics: Select[*tuple[Any, ...]], keys: Sequence[Key], *, token: str | None, limit: int = 30
) -> Page[Line]:
    page = page_by_key(topics, keys, token=token, limit=limit, scalars=False)
    return replace(page, items=[line_from(row) for row in page.items])


def _pinned():
    return and_(Topic.pinned_until.is_not(None), Topic.pinned_until > clock.now())
