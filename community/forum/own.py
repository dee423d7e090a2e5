"""What on pages with topics is the reader's own: counts of what is unread, and marks in lists."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from community.forum.models import Topic
from community.forum.queries import AT_HOME
from community.forum.unread import (
    Standing,
    new_since,
    standings_in,
    unread_by_space,
    unread_in_spaces,
)
from community.keeping.own import (
    Abouts,
    NotShared,
    Reader,
    rows_of,
    text_of,
    variants_of,
)
from community.keeping.reader import every
from community.keeping.statements import Rows, given
from community.subjects import State
from community.threads.models import Thread
from community.viewer import Viewer

# A thread's key, and how often it has changed.
Version = tuple[int, int]


class Unread(NamedTuple):
    """How much by space, and what the side column says of each, and of all of them under 0."""

    counts: dict[int, int]
    total: int
    said: dict[int, str]


@text_of("forum.unread")
def _said_of_spaces(reader: Reader, abouts: Abouts) -> list[str]:
    """Of one space each, or of all of them together; as forum/_side.html has it."""
    said = _unread(reader).said
    return [said.get(space, "") for (space,) in abouts]


@variants_of("home.unread", everywhere=True)
def _total(reader: Reader, _abouts: Abouts) -> list[int]:
    return [_unread(reader).total]


@rows_of("home.topics")
def _topics_at_home(reader: Reader) -> Sequence[Hashable]:
    """As home.html has them: the first unread topics, and a way to the others if there are any."""
    found = reader.lately(
        "home.topics",
        lambda: reader.rows("home.topics", _unread_topics, since=_since(reader)),
    )
    rows = [tuple(row) for row in found]
    return [*rows[:AT_HOME], *[("more",)] * (len(rows) > AT_HOME)] or [("none",)]


def _unread_topics(viewer: Viewer) -> Select[int, int, int]:
    """As `queries.unread_topics`: their keys, their versions and their threads'.

    All that it goes by is taken from where the topics are found: asked for them once more,
    PostgreSQL looks through all topics.
    """
    also = (Topic.version, Topic.thread_id, Topic.active_at, Topic.public_id)
    unread = unread_in_spaces(viewer, since=given("since"), also=also).subquery()
    latest = unread.c.active_at.desc(), unread.c.public_id.desc()
    first = select(unread).order_by(*latest).limit(AT_HOME + 1).subquery()
    return (
        select(first.c.id, first.c.version, Thread.version)
        .join(Thread, Thread.id == first.c.thread_id)
        .order_by(first.c.active_at.desc(), first.c.public_id.desc())
    )


@variants_of("forum.in_child")
def _counts_of_children(reader: Reader, abouts: Abouts) -> list[int]:
    counts = _unread(reader).counts
    return [counts.get(space, 0) for (space,) in abouts]


@variants_of("forum.marks")
def _marks(reader: Reader, abouts: Abouts) -> list[bool]:
    """Whether there is anything in the space to be marked as read."""
    counts = _unread(reader).counts
    return [bool(counts.get(space)) for (space,) in abouts]


def _unread(reader: Reader) -> Unread:
    def ask() -> Unread:
        rows = reader.rows("forum.unread", unread_by_space, since=_since(reader))
        counts = dict(rows)
        total = sum(counts.values())
        shown = [(space, count) for space, count in [(0, total), *counts.items()] if count]
        return Unread(counts, total, {space: _said(reader, count) for space, count in shown})

    return reader.once("forum.unread", lambda: reader.lately("forum.unread", ask))


def _said(reader: Reader, count: int) -> str:
    return f"<span>{reader.number(count)}</span>"


@variants_of("topic.class", everywhere=True)
def _classes(reader: Reader, abouts: Abouts) -> list[Hashable]:
    stands = _standings(reader, abouts)
    return [(bool(one.unread), one.read is not None) for one in stands]


@variants_of("topic.link", everywhere=True)
def _links(reader: Reader, abouts: Abouts) -> list[Hashable]:
    return [one.read if one.unread else None for one in _standings(reader, abouts)]


@variants_of("topic.new", everywhere=True)
def _new_words(reader: Reader, abouts: Abouts) -> list[Hashable]:
    return [(one.unread, bool(one.read)) for one in _standings(reader, abouts)]


def _standings(reader: Reader, abouts: Abouts) -> list[Standing]:
    """As `unread.standings`. Whoever has a topic out of sight sees lists that nobody else does."""

    def own() -> Rows:
        return reader.rows("forum.own", _topics_out_of_sight)

    def ask(wanted: Sequence[Version]) -> dict[Version, tuple[int | None, int]]:
        versions = dict(wanted)
        rows = reader.rows("forum.standings", standings_in, threads=list(versions))
        return {(thread, versions[thread]): (read, unread) for thread, read, unread in rows}

    def stand() -> list[Standing]:
        wanted = [(thread, version) for thread, _author, _at, version in abouts]
        found: Any
        out_of_sight, found = every(
            lambda: reader.lately("forum.own", own),
            lambda: reader.each_lately("forum.standings", wanted, ask),
        )
        if out_of_sight:
            raise NotShared
        since = _since(reader)
        return [
            _standing(reader, since, author, at, *found[thread, version])
            for thread, author, at, version in abouts
        ]

    return reader.once(("forum.standings", tuple(abouts)), stand)


def _standing(
    reader: Reader, since: datetime, author: int, at: datetime, read: int | None, unread: int
) -> Standing:
    is_new = at > since and author != reader.member_id
    return Standing(read, unread if read is not None or is_new else 0)


def _topics_out_of_sight(viewer: Viewer) -> Select[int]:
    mine = (Topic.author_id == viewer.member_id, Topic.state != State.PUBLISHED)
    return select(Topic.id).where(*mine).limit(1)


def _since(reader: Reader) -> datetime:
    return reader.once("forum.since", lambda: new_since(reader.joined_at))
