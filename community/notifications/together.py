"""What happened several times in one place is told once, and counted.

Each time stays a notice of its own, so that none is lost and none is told twice; they are put
together where they are read. A line holds what was seen at one time, or not yet.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, func, select
from sqlalchemy.orm import joinedload

from community.notifications.kinds import kind_named, notice_kinds
from community.notifications.models import Notice
from community.threads.models import Post

MAILED_WITHIN = timedelta(days=1)


class Line(NamedTuple):
    """The last of some notices, how many they are, and the subject with which they begin."""

    notice: Notice
    count: int
    first_id: int

    @property
    def first(self) -> tuple[str, int]:
        return self.notice.subject_kind, self.first_id

    @property
    def last(self) -> tuple[str, int]:
        return self.notice.subject_kind, self.notice.subject_id


def lines_of(notices: Select[Notice]) -> Select[*tuple[Notice, int, int]]:
    """The columns of `Line`; the actor comes along."""
    found = notices.with_only_columns(
        func.max(Notice.id).label("last"),
        func.count().label("count"),
        func.min(Notice.subject_id).label("first"),
    )
    each = found.group_by(*_line(), Notice.seen_at).subquery()
    return (
        select(Notice, each.c.count, each.c.first)
        .join(each, each.c.last == Notice.id)
        .options(joinedload(Notice.actor))
    )


def count_of_lines(unseen: Select[Notice]) -> Select[int]:
    each = unseen.with_only_columns(Notice.kind).group_by(*_line()).subquery()
    return select(func.count()).select_from(each)


def to_be_mailed_with(notice: Notice) -> Select[Notice]:
    """What waits for the same mail, itself included, in the order in which it happened. What is
    older had a mail of its own to come, or was not wanted then.
    """
    waiting = select(Notice).where(
        Notice.member_id == notice.member_id,
        Notice.kind == notice.kind,
        Notice.seen_at.is_(None),
        Notice.mailed_at.is_(None),
        Notice.withdrawn.is_(False),
    )
    if kind_named(notice.kind).together is None:
        return waiting.where(Notice.id == notice.id)
    here = select(_place()).where(Notice.id == notice.id).correlate(None).scalar_subquery()
    return waiting.where(
        Notice.subject_kind == notice.subject_kind,
        _place() == here,
        Notice.at > notice.at - MAILED_WITHIN,
    ).order_by(Notice.subject_id, Notice.id)


def _line() -> tuple[SQLColumnExpression[Any], ...]:
    """What those of one line have in common; the other kinds have their own number alone."""
    together = [kind.name for kind in notice_kinds().values() if kind.together]
    where = case((Notice.kind.in_(together), _place()), else_=Notice.id)
    return Notice.kind, Notice.subject_kind, where


def _place() -> ColumnElement[int]:
    """The conversation a post is in; anything else is a place of its own."""
    thread = select(Post.thread_id).where(Post.id == Notice.subject_id).scalar_subquery()
    return case((Notice.subject_kind == "post", thread), else_=Notice.subject_id)
