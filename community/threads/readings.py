"""Read state: how far each member has read each thread, noted in the buffer and kept exactly.

One page opened is one reading. It is an event (`PostRead`), a mark on the thread (`ReadState`, the
highest number ever shown) and a view. Looking ahead of a browser, robots and HEAD are no readings.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Insert, bindparam, select, update

from community import clock
from community.buffers import buffered, note, record
from community.database import session, table_of
from community.events import emit_all
from community.keeping.statements import Statement, among
from community.members.models import Member
from community.openings import Opening, when_opened
from community.sending import ForEach, Row
from community.threads.events import PostRead, ThreadLookedAt
from community.threads.models import ReadState, Thread
from community.viewer import Viewer

LONGEST_LOOK_SECONDS = 3600

MEMBERS_THERE = Statement(lambda: select(Member.id).where(among(Member.id, "keys")))
THREADS_THERE = Statement(lambda: select(Thread.id).where(among(Thread.id, "keys")))


@dataclass(frozen=True)
class Reading:
    """A visitor's reading has no member and is only a view."""

    thread_id: int
    subject_kind: str
    subject_id: int
    space_id: int | None
    audience_id: int
    member_id: int | None
    up_to: int
    at: datetime


def note_reading(thread: Thread, viewer: Viewer, *, up_to: int) -> None:
    """Note that the viewer has the thread before them, down to this number."""
    about = thread.id, thread.subject_kind, thread.subject_id, thread.space_id, thread.audience_id
    when_opened(viewer.member_id, partial(_read, about, up_to))


def _read(about: tuple[int, str, int, int | None, int], up_to: int, by: Opening) -> None:
    note("readings", Reading(*about, by.member_id, up_to, clock.now()))


def note_visible(thread: Thread, viewer: Viewer, *, milliseconds: int) -> None:
    """Note time the page was in sight; kept apart from readings, and never more than an hour."""
    seconds = min(milliseconds // 1000, LONGEST_LOOK_SECONDS)
    if seconds > 0:
        record(
            ThreadLookedAt(
                actor_id=viewer.member_id,
                space_id=thread.space_id,
                audience_id=thread.audience_id,
                thread_id=thread.id,
                subject_kind=thread.subject_kind,
                subject_id=thread.subject_id,
                visible_seconds=seconds,
            )
        )


@buffered("readings")
def keep_readings(readings: Sequence[Reading]) -> None:
    """Write marks, events and views, each with one statement."""
    _count_views(readings)
    members, threads = _still_there(readings)
    by_members = [one for one in readings if one.member_id in members and one.thread_id in threads]
    if by_members:
        _set_marks(by_members)
        emit_all([_event(reading) for reading in by_members], at=[r.at for r in by_members])


def _still_there(readings: Sequence[Reading]) -> tuple[set[int], set[int]]:
    """Who and what was not erased since the page was opened."""
    connection = session().connection().connection
    members = [one.member_id for one in readings if one.member_id]
    threads = [one.thread_id for one in readings]
    return (
        {key for (key,) in MEMBERS_THERE.ask(connection, {"keys": members})},
        {key for (key,) in THREADS_THERE.ask(connection, {"keys": threads})},
    )


def _event(reading: Reading) -> PostRead:
    return PostRead(
        actor_id=reading.member_id,
        space_id=reading.space_id,
        audience_id=reading.audience_id,
        thread_id=reading.thread_id,
        subject_kind=reading.subject_kind,
        subject_id=reading.subject_id,
        up_to=reading.up_to,
    )


def _count_views(readings: Sequence[Reading]) -> None:
    views = Counter(reading.thread_id for reading in readings)
    thread: Any = Thread.__table__
    session.connection().execute(
        update(thread)
        .where(thread.c.id == bindparam("thread"))
        .values(view_count=thread.c.view_count + bindparam("views")),
        [{"thread": thread_id, "views": count} for thread_id, count in sorted(views.items())],
    )


def _set_marks(readings: Sequence[Reading]) -> None:
    marks: dict[tuple[int, int], Reading] = {}
    for reading in readings:
        key = (reading.member_id or 0, reading.thread_id)
        if key not in marks or reading.up_to > marks[key].up_to:
            marks[key] = reading
    set_marks(
        [
            {"member_id": member, "thread_id": thread, "number": one.up_to, "at": one.at}
            for (member, thread), one in sorted(marks.items(), key=lambda item: item[0])
        ]
    )


MARK = (ReadState.member_id, ReadState.thread_id)
MARKED = ("member_id", "thread_id", "number", "at")


def _raise_mark(row: Row) -> Insert:
    """What would leave it where it is writes nothing."""
    insert = row.insert(ReadState, {column: row[column] for column in MARKED})
    return insert.on_conflict_do_update(
        index_elements=MARK,
        set_={"number": insert.excluded.number, "at": insert.excluded.at},
        where=ReadState.number < insert.excluded.number,
    )


RAISE_MARKS = ForEach({column: table_of(ReadState).c[column] for column in MARKED}, _raise_mark)


def set_marks(rows: Sequence[Mapping[str, object]]) -> None:
    """Raise the marks, each of another thread or member; a mark never goes back. Joins a write
    transaction.
    """
    RAISE_MARKS.send(rows)
