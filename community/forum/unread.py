"""What is new and what is unread: one rule, from which every count and list is taken.

A topic is *unread* for a member who has opened it when somebody else's post stands above their
mark, and *new* when they have never opened it, somebody else began it less than fourteen days ago,
and they were a member by then. Opening a page raises the mark to its end; what a member writes is
never new to them. Muted topics and spaces are left out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    func,
    literal_column,
    null,
    select,
    true,
    union_all,
)

from community import clock
from community.database import action, session
from community.forum.lines import Line
from community.forum.models import Topic
from community.forum.muted import is_muted
from community.keeping.alike import ask
from community.keeping.statements import among, given
from community.policy import authorize, visible
from community.spaces.models import Space, SpaceKind
from community.spaces.shown import Shown, shown_to
from community.subjects import State
from community.threads.models import Post, ReadState, Thread
from community.threads.readings import set_marks
from community.versions import touch
from community.viewer import Viewer

NEW_FOR = timedelta(days=14)


class Standing(NamedTuple):
    """How a member stands to a topic: `read` up to a number or never opened, `unread` posts."""

    read: int | None = None
    unread: int = 0


def unread_ids(viewer: Viewer, *, since: Any = None) -> Select[int]:
    """The keys of the topics that are new or unread."""
    topics = unread_in_spaces(viewer, since=since).subquery()
    return select(topics.c.id)


def unread_in_spaces(viewer: Viewer, *, since: Any = None, also: Sequence[Any] = ()):
    """(topic, space) of what is new or unread, and `also` other columns of the topic: two searches,
    each along an index, which have nothing in common.
    """
    since = horizon(viewer) if since is None else since
    readable = (visible(Topic, viewer), Topic.state == State.PUBLISHED, ~is_muted(viewer))
    opened = (
        select(Topic.id, Topic.space_id, *also)
        .select_from(ReadState)
        .join(Thread, Thread.id == ReadState.thread_id)
        .join(Topic, Topic.thread_id == Thread.id)
        .where(
            ReadState.member_id == viewer.member_id,
            Thread.last_number > ReadState.number,
            _somebody_elses_post_above(viewer),
            *readable,
        )
    )
    seen = select(ReadState.thread_id).where(ReadState.member_id == viewer.member_id)
    new = select(Topic.id, Topic.space_id, *also).where(
        Topic.created_at > since,
        Topic.author_id != viewer.member_id,
        Topic.thread_id.not_in(seen),
        *readable,
    )
    return union_all(opened, new)


def spaces_with_unread(viewer: Viewer) -> list[tuple[Shown, int]]:
    """The viewer's categories in their order, each with how many topics are new or unread there.

    The one count that every page shows.
    """
    spaces = shown_to(viewer, SpaceKind.CATEGORY)
    if viewer.member_id is None:
        return [(space, 0) for space in spaces]
    counts = dict(ask(viewer, "forum.unread", unread_by_space, since=horizon(viewer)))
    return [(space, counts.get(space.id, 0)) for space in spaces]


def unread_by_space(viewer: Viewer) -> Select[int, int]:
    """How many topics are new since the moment given as `since`, or unread, in each category."""
    topics = unread_in_spaces(viewer, since=given("since")).subquery()
    return (
        select(topics.c.space_id, func.count())
        .join(Space, Space.id == topics.c.space_id)
        .where(Space.kind == SpaceKind.CATEGORY, visible(Space, viewer))
        .group_by(topics.c.space_id)
    )


def standings(topics: Sequence[Line], viewer: Viewer) -> dict[int, Standing]:
    """How the viewer stands to each topic of a list, by the topic's key."""
    if viewer.member is None or not topics:
        return {}
    since = horizon(viewer)
    return {topic.id: _standing(topic, viewer, since) for topic in topics}


def with_standing(
    topics: Select[*tuple[Any, ...]], viewer: Viewer | None
) -> Select[*tuple[Any, ...]]:
    """The topics of a list, each with how far the viewer has read it and how much is above that;
    a visitor has read nothing, and nothing is new to them.
    """
    if viewer is None or viewer.member is None:
        return topics.add_columns(null(), literal_column("0"))
    mine = (ReadState.thread_id == Topic.thread_id) & (ReadState.member_id == viewer.member_id)
    return topics.outerjoin(ReadState, mine).add_columns(ReadState.number, _posts_unread(viewer))


def standings_in(viewer: Viewer) -> Select[int, int, int]:
    """How far the viewer has read the threads given as `threads`, and how much is above that."""
    mine = (ReadState.thread_id == Thread.id) & (ReadState.member_id == viewer.member_id)
    return (
        select(Thread.id, ReadState.number, _posts_unread(viewer))
        .outerjoin(ReadState, mine)
        .where(among(Thread.id, "threads"))
    )


def _posts_unread(viewer: Viewer) -> ScalarSelect[int]:
    """By others, in the thread at hand, above the mark."""
    return (
        select(func.count())
        .where(
            Post.thread_id == Thread.id,
            Post.number > func.coalesce(ReadState.number, 0),
            Post.author_id != viewer.member_id,
            Post.state == State.PUBLISHED,
        )
        .correlate(Thread, ReadState)
        .scalar_subquery()
    )


def _standing(topic: Line, viewer: Viewer, since: datetime) -> Standing:
    is_new = topic.created_at > since and topic.author_id != viewer.member_id
    return Standing(topic.read, topic.unread if topic.read is not None or is_new else 0)


def horizon(viewer: Viewer) -> datetime:
    """Since when what the viewer has never opened is new to them."""
    assert viewer.member
    return new_since(viewer.member.joined_at)


def new_since(joined_at: datetime) -> datetime:
    """To the minute, so that a page and who fills it in ask the same."""
    return max(clock.now().replace(second=0, microsecond=0) - NEW_FOR, joined_at)


@action
def mark_read(*, by: Viewer, space: Space | None = None) -> int:
    """Take everything, or everything in one space, as read; return how many topics that were."""
    authorize(by, "topics.mark_read", space)
    topics = unread_in_spaces(by).subquery()
    rows = select(Thread.id, Thread.last_number).where(
        Thread.id.in_(
            select(Topic.thread_id)
            .join(topics, topics.c.id == Topic.id)
            .where(topics.c.space_id == space.id if space else true())
        )
    )
    marks = [
        {"member_id": by.member_id, "thread_id": thread, "number": last, "at": clock.now()}
        for thread, last in session.execute(rows)
    ]
    set_marks(marks)
    touch("member", by.member_id)
    return len(marks)


def _somebody_elses_post_above(viewer: Viewer) -> ColumnElement[bool]:
    return (
        select(Post.id)
        .where(
            Post.thread_id == ReadState.thread_id,
            Post.number > ReadState.number,
            Post.author_id != viewer.member_id,
            Post.state == State.PUBLISHED,
        )
        .correlate(ReadState)
        .exists()
    )
