"""What the ladder is counted from, and its rollups; their keys are natural."""

from enum import IntEnum

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from community.database import Base


class Change(IntEnum):
    """What happened to a membership. The numbers are stored: add, never renumber."""

    RETURNED = 0
    LEFT = 6
    ERASED = 7


class MembershipChange(Base):
    """A member left or came back; like a fact, it is only ever added. `at` in milliseconds."""

    __tablename__ = "metric_membership_change"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int]
    day: Mapped[int]
    at: Mapped[int] = mapped_column(BigInteger)
    change: Mapped[int] = mapped_column(SmallInteger)


class Evidence(Base):
    """What one member did in the period that begins on the day `first`.

    `rung` is the highest level that this period alone gives, 4 at most; `validated`: somebody else
    found their work good. `event_id`: a contribution to show.
    """

    __tablename__ = "metric_ladder_evidence"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int] = mapped_column(SmallInteger)
    rung: Mapped[int] = mapped_column(SmallInteger)
    validated: Mapped[bool]
    event_id: Mapped[int | None]


class Standing(Base):
    """A member's level in the period and in the one before, where one of them is not 0.

    `before` is -1 for who is new, `after` 6 for who left and 7 for who was erased.
    """

    __tablename__ = "metric_ladder_standing"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int] = mapped_column(SmallInteger)
    before: Mapped[int] = mapped_column(SmallInteger)
    after: Mapped[int] = mapped_column(SmallInteger)
    event_id: Mapped[int | None]


class LadderCount(Base):
    """How many members of a segment went from one level to the other; the absent count too."""

    __tablename__ = "metric_ladder_count"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    before: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    after: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    members: Mapped[int]


class LadderPeriod(Base):
    """A period that has been built."""

    __tablename__ = "metric_ladder_period"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LadderMark(Base):
    """A day whose periods must be built anew, or with `onward` all standings since that day.

    Rows are only added, and removed once it is done.
    """

    __tablename__ = "metric_ladder_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[int]
    onward: Mapped[bool]
