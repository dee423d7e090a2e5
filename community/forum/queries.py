"""Topics and their lists."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from community import clock
from community.audiences import Audience
from community.database import session
from community.errors import NotFound
from community.forum.lines import Line, line_from, topics_in_lines
from community.forum.models import Topic, TopicKind
from community.forum.paging import page_of_lines
from community.forum.unread import horizon, unread_ids, with_standing
from community.keeping.statements import given, moment
from community.members.models import Member, Segment
from community.pagination import Key, Page, page_by_key
from community.policy import may_see, visible
from community.spaces.models import Space
from community.spaces.shown import Shown
from community.subjects import State
from community.threads.models import Post, Thread
from community.viewer import Viewer

PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST_PINNED, AT_HOME = 10, 10

BY_ID = Key(Topic.public_id, lambda row: row.public_id, descending=True)
LATEST = (Key(Topic.active_at, lambda row: moment(row.active_at), descending=True), BY_ID)
OPENED = (Key(Topic.created_at, lambda row: row.created_at, descending=True), BY_ID)
# By the thread, opened in the same moment as its topic: its index knows who waits.
NEWEST = (Key(Thread.created_at, lambda row: moment(row.asked_at), descending=True), BY_ID)


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
    spaces: Sequence[Space | Shown] | None = None,
    token: str | None = None,
    limit: int = 30,
) -> Page[Line]:
    """Topics by their last activity; in spaces, what is pinned stands apart."""
    if spaces is None:
        return page_of_lines("latest", viewer, _readable, LATEST, token=token, limit=limit)
    keys = {f"space{number}": space.id for number, space in enumerate(spaces)}
    name, topics = f"latest in {len(keys)}", partial(_topics_in, tuple(keys))
    asked = {"now": clock.now(), **keys}
    return page_of_lines(name, viewer, topics, LATEST, token=token, limit=limit, asked=asked)


def _topics_in(spaces: Sequence[str], viewer: Viewer) -> Select[int]:
    among_them = Topic.space_id.in_([given(space) for space in spaces])
    return _readable(viewer).where(among_them, not_(_pinned()))


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
    asked = {"space": space.id, "now": clock.now()}
    page = page_of_lines("pinned", viewer, _pinned_topics, OPENED, limit=MOST_PINNED, asked=asked)
    return list(page.items)


def _pinned_topics(viewer: Viewer) -> Select[int]:
    return _readable(viewer).where(Topic.space_id == given("space"), _pinned())


def unread_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Line]:
    """Topics with something new for the viewer, by their last activity."""
    asked = {"since": horizon(viewer)}
    return page_of_lines(
        "unread", viewer, _unread_topics, LATEST, token=token, limit=limit, asked=asked
    )


def _unread_topics(viewer: Viewer) -> Select[int]:
    unread = unread_ids(viewer, since=given("since"))
    return _readable(viewer).where(Topic.id.in_(unread))


def unanswered_topics(viewer: Viewer, *, token: str | None = None, limit: int = 30) -> Page[Line]:
    """Topics that need a response and have none by another than who asked; the newest first.

    Announcements need none, nor does what an employee opens in an external space. Closing a topic
    answers nothing.
    """
    return page_of_lines("unanswered", viewer, _unanswered, NEWEST, token=token, limit=limit)


def _unanswered(viewer: Viewer) -> Select[int]:
    return (
        _readable(viewer)
        .outerjoin(Thread, Thread.id == Topic.thread_id)
        .outerjoin(Member, Member.id == Topic.author_id)
        .join(Audience, Audience.id == Topic.audience_id)
        .where(
            Topic.state == State.PUBLISHED,
            Topic.kind != TopicKind.ANNOUNCEMENT,
            Thread.subject_kind == "topic",
            Thread.first_response_at.is_(None),
            or_(Member.segment != Segment.EMPLOYEE, not_(Audience.external)),
        )
    )


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
        with_standing(topics_in_lines(), viewer)
        .join(scores, scores.c.thread_id == Topic.thread_id)
        .add_columns(scores.c.score)
        .where(visible(Topic, viewer), Topic.state == State.PUBLISHED)
    )
    by_score = Key(scores.c.score, lambda row: int(row.score), descending=True)
    page = page_by_key(topics, (by_score, BY_ID), token=token, scalars=False)
    return replace(page, items=[line_from(row) for row in page.items])


def _readable(viewer: Viewer) -> Select[int]:
    return select(Topic.id).where(visible(Topic, viewer))


def _pinned() -> ColumnElement[bool]:
    return and_(Topic.pinned_until.is_not(None), Topic.pinned_until > given("now"))
