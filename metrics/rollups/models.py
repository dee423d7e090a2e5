"""The rollups. Their keys are natural, so that the same facts give the same bytes."""

from enum import IntEnum

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from community.database import Base

# SQLite would write each row of a day twice, as a row and into the index of its key.
BY_KEY = {"sqlite_with_rowid": False}


class MemberDay(Base):
    """What one member did on one day in one space. `first_event_id`: a contribution to show."""

    __tablename__ = "metric_member_day"
    __table_args__ = BY_KEY

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    boundary: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    acts: Mapped[int]
    contributions: Mapped[int]
    first_event_id: Mapped[int | None]


class ReplyMade(Base):
    """A surviving post that addresses another person."""

    __tablename__ = "metric_reply"
    __table_args__ = BY_KEY

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_id: Mapped[int]
    thread_id: Mapped[int]
    space_id: Mapped[int]
    boundary: Mapped[int] = mapped_column(SmallInteger)
    member_id: Mapped[int]
    segment: Mapped[int] = mapped_column(SmallInteger)
    to_member_id: Mapped[int]
    to_segment: Mapped[int] = mapped_column(SmallInteger)


class DeedKind(IntEnum):
    """The numbers are stored: add, never renumber."""

    SENSE = 1
    ORIGINAL = 2
    NOD = 3
    OUTCOME = 4


class Deed(Base):
    """Something that places a member on the ladder, once a day for each counterpart.

    The counterpart is the other person of a nod (a vote, a reaction) or an outcome (an accepted
    answer, an idea taken up), else the thing: its id, then its kind in the last digit.
    """

    __tablename__ = "metric_deed"
    __table_args__ = BY_KEY

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    counterpart: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int]


class ThreadOpened(Base):
    """A topic with what came of it; times in milliseconds, None for what has not happened.

    `day`, `member_id` and `segment` are those of the opening, `space_id` and `boundary` those of
    the space it was last moved to. `closed_at` is None for a topic that is open again.
    """

    __tablename__ = "metric_thread"
    __table_args__ = (Index("ix_metric_thread_day", "day"),)

    thread_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int]
    day: Mapped[int]
    opened_at: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int]
    segment: Mapped[int] = mapped_column(SmallInteger)
    space_id: Mapped[int]
    boundary: Mapped[int] = mapped_column(SmallInteger)
    needs_response: Mapped[bool]
    broadcast: Mapped[bool]
    answered_at: Mapped[int | None] = mapped_column(BigInteger)
    staff_answered_at: Mapped[int | None] = mapped_column(BigInteger)
    customer_at: Mapped[int | None] = mapped_column(BigInteger)
    two_way_at: Mapped[int | None] = mapped_column(BigInteger)
    closed_at: Mapped[int | None] = mapped_column(BigInteger)


class RollupRun(Base):
    """One row: when rollups were last made. A new `token` with each run tells old from new."""

    __tablename__ = "metric_rollup_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    finished_at: Mapped[int] = mapped_column(BigInteger)
    token: Mapped[int] = mapped_column(BigInteger)
