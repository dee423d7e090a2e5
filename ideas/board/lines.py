"""An idea as a line of a list: what lists show of it, and nothing else is read.

Its parts are called as those of the idea itself.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from community.keeping.statements import moment
from community.policy import visible
from community.spaces.models import Space
from community.subjects import State
from community.texts.models import Text
from community.threads.models import Thread
from community.viewer import Viewer
from ideas.board.models import Idea
from ideas.board.statuses import STATUSES, Status, StatusKind
from ideas.releases.models import Release
from ideas.review.models import StatusChange

MOST_SHOWN = 400  # letters of the text; a list cuts it shorter, between two words


class Said(NamedTuple):
    plain: str


class Talk(NamedTuple):
    post_count: int


class Within(NamedTuple):
    slug: str
    name: str


class In(NamedTuple):
    """A release."""

    version: str


class Change(NamedTuple):
    to_status: Status
    quarter: str
    revisit_on: date | None
    release: In | None

    @property
    def kind(self) -> StatusKind:
        return STATUSES[self.to_status]


class IdeaLine(NamedTuple):
    id: int
    version: int
    public_id: str
    audience_id: int
    title: str
    slug: str
    vote_count: int
    trend: float
    status: Status
    created_at: datetime
    is_published: bool
    takes_votes: bool
    text: Said
    thread: Talk
    space: Within
    change: Change | None

    @property
    def status_kind(self) -> StatusKind:
        return STATUSES[self.status]


def readable_lines(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Rows for `line_from`, joined from the idea outwards: a database walks along the order."""
    return (
        select(
            Idea.id,
            Idea.version,
            Idea.public_id,
            Idea.audience_id,
            Idea.title,
            Idea.slug,
            Idea.vote_count,
            Idea.trend,
            Idea.status,
            Idea.created_at,
            Idea.state,
            func.substr(Text.plain, 1, MOST_SHOWN),
            Thread.post_count,
            Space.slug,
            Space.name,
            Space.archived_at,
            StatusChange.to_status,
            StatusChange.quarter,
            StatusChange.revisit_on,
            Release.version,
        )
        .select_from(Idea)
        .outerjoin(Space, Space.id == Idea.space_id)
        .outerjoin(Text, Text.id == Idea.text_id)
        .outerjoin(Thread, Thread.id == Idea.thread_id)
        .outerjoin(StatusChange, StatusChange.id == Idea.change_id)
        .outerjoin(Release, Release.id == StatusChange.release_id)
        .where(visible(Idea, viewer))
    )


def line_from(row: Any) -> IdeaLine:
    """The row may be the driver's own."""
    key, version, public_id, audience_id, title, slug, vote_count, trend = row[:8]
    status, created_at, state, plain, posts, space, name, archived_at = row[8:16]
    kind, is_published = STATUSES[Status(status)], state == State.PUBLISHED
    return IdeaLine(
        key,
        version,
        public_id,
        audience_id,
        title,
        slug,
        vote_count,
        trend,
        kind.status,
        moment(created_at),
        is_published,
        is_published and kind.takes_votes and not archived_at,
        Said(plain),
        Talk(posts),
        Within(space, name),
        _change(*row[16:]),
    )


def _change(to_status: Any, quarter: str, revisit_on: Any, release: str | None) -> Change | None:
    if to_status is None:
        return None
    if isinstance(revisit_on, str):
        revisit_on = date.fromisoformat(revisit_on)
    released = In(release) if release is not None else None
    return Change(Status(to_status), quarter, revisit_on, released)
