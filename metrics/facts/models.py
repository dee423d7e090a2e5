"""The facts."""

from enum import IntEnum

from sqlalchemy import BigInteger, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.database import Base


class Verb(IntEnum):
    """What was done. The numbers are stored: add, never renumber."""

    READ = 1
    SEARCH_CLICK = 2
    TOPIC = 10
    POST = 11
    IDEA = 12
    ARTICLE = 13
    PAGE = 14
    REVISION = 20
    VOTE = 21
    REACTION = 22
    WATCH = 23
    BOOKMARK = 24
    ACCEPTANCE = 25
    TAGGING = 26
    OPENED = 40
    OUTCOME = 41
    WITHDRAWN = 50
    RESTORED = 51
    UNDONE = 52
    MOVED = 53
    CLOSED = 54
    REOPENED = 55


# A contribution is something new that others can read; an edit, a vote or a reaction is none.
CONTRIBUTIONS = (Verb.TOPIC, Verb.POST, Verb.IDEA, Verb.ARTICLE, Verb.PAGE)
# Whoever did one of these was active.
ACTIVITIES = tuple(verb for verb in Verb if verb < Verb.OPENED)
# Somebody else's word on what one made: what it was said of may be taken away, and the word too.
WORDS = (Verb.VOTE, Verb.REACTION, Verb.ACCEPTANCE, Verb.OUTCOME)


class Kind(IntEnum):
    """What it was done to."""

    NONE = 0
    POST = 1
    TOPIC = 2
    IDEA = 3
    ARTICLE = 4
    PAGE = 5
    RELEASE = 6


class Side(IntEnum):
    """The segment of a person at that moment. Bots have no facts."""

    NOBODY = 0
    EMPLOYEE = 1
    CUSTOMER = 2
    PARTNER = 3
    PUBLIC = 4


class Boundary(IntEnum):
    INTERNAL = 0
    EXTERNAL = 1
    UNKNOWN = 2


class Fact(Base):
    """One event. `event_id` makes recording it twice the same as once.

    `day` is yyyymmdd in the installation's time zone, `at` milliseconds since 1970. For an opening
    `detail` is 1 where nobody is expected to answer; for what is undone it is the verb undone.
    """

    __tablename__ = "metric_fact"
    __table_args__ = (
        UniqueConstraint("event_id"),
        Index("ix_metric_fact_thread_id", "thread_id", "verb"),
        Index("ix_metric_fact_object", "object_kind", "object_id", "verb"),
    )

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    verb: Mapped[int] = mapped_column(SmallInteger)
    member_id: Mapped[int]
    segment: Mapped[int] = mapped_column(SmallInteger)
    organization_id: Mapped[int]
    unit_id: Mapped[int]
    space_id: Mapped[int]
    boundary: Mapped[int] = mapped_column(SmallInteger)
    object_kind: Mapped[int] = mapped_column(SmallInteger)
    object_id: Mapped[int]
    thread_id: Mapped[int]
    to_member_id: Mapped[int]
    to_segment: Mapped[int] = mapped_column(SmallInteger)
    detail: Mapped[int] = mapped_column(SmallInteger)


class DirtyDay(Base):
    """A day whose rollups must be made anew. Rows are only added, and removed once it is done."""

    __tablename__ = "metric_dirty_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[int]
    marked_at: Mapped[int] = mapped_column(BigInteger)
