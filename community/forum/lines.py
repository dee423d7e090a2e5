"""A topic as a line of a list: what lists show of it, and nothing else is read.

Its parts are called as those of the topic itself.
"""

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, select

from community.attachments.models import Attachment
from community.forum.models import Topic, TopicKind
from community.keeping.statements import moment
from community.members.models import Member, Profile, Signing, picture_url
from community.spaces.models import Space
from community.subjects import State
from community.threads.models import Thread


class Starter(NamedTuple):
    name: str
    picture_url: str | None
    initials = Signing.initials


class Within(NamedTuple):
    slug: str
    name: str


class Talk(NamedTuple):
    version: int
    post_count: int
    last_post_at: datetime | None
    locked_at: Any


class Line(NamedTuple):
    """`read`: up to which post its reader has read it, none if they never opened it; `unread`: how
    many posts of others stand above that. `asked_at`, `active_at`: as the database gives them.
    """

    id: int
    version: int
    public_id: str
    slug: str
    title: str
    kind: TopicKind
    state: State
    created_at: datetime
    author_id: int
    thread_id: int
    accepted_post_id: int | None
    author: Starter
    space: Within
    thread: Talk
    asked_at: Any
    active_at: Any
    read: int | None
    unread: int

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


def topics_in_lines() -> Select[*tuple[Any, ...]]:
    """Rows for `line_from`, but for how somebody stands to them.

    Joined from the topic outwards, so that a database walks along the order of the list and never
    begins with another table.
    """
    return (
        select(
            Profile.name.label("author_name"),
            Attachment.public_id.label("picture"),
            Space.slug.label("space_slug"),
            Space.name.label("space_name"),
            Thread.version.label("thread_version"),
            Thread.post_count,
            Thread.last_post_at,
            Thread.locked_at,
            Thread.created_at.label("asked_at"),
            Topic.active_at,
            Topic.id,
            Topic.version,
            Topic.public_id,
            Topic.slug,
            Topic.title,
            Topic.kind,
            Topic.state,
            Topic.created_at,
            Topic.author_id,
            Topic.thread_id,
            Topic.accepted_post_id,
        )
        .select_from(Topic)
        .outerjoin(Thread, Thread.id == Topic.thread_id)
        .outerjoin(Space, Space.id == Topic.space_id)
        .outerjoin(Member, Member.id == Topic.author_id)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .outerjoin(Attachment, Attachment.id == Profile.picture_id)
    )


def line_from(row: Any) -> Line:
    """From a row of `topics_in_lines` with how its reader stands to it, the driver's own or not."""
    name, picture, slug, space, version, posts, last_at, locked_at, asked_at, active_at = row[:10]
    key, topic_version, public_id, topic_slug, title, kind, state, created_at = row[10:18]
    author_id, thread_id, accepted_post_id, read, unread = row[18:23]
    return Line(
        key,
        topic_version,
        public_id,
        topic_slug,
        title,
        TopicKind(kind),
        State(state),
        moment(created_at),
        author_id,
        thread_id,
        accepted_post_id,
        Starter(name or _("Former member"), picture_url(picture) if picture else None),
        Within(slug, space),
        Talk(version, posts, moment(last_at) if last_at else None, locked_at),
        asked_at,
        active_at,
        read,
        unread,
    )
