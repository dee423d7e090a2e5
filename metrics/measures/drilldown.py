"""The rows behind a number, as its viewer may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from community.database import session
from community.forum.models import Topic
from community.members.models import Member
from community.policy import may_see
from community.subjects import subject_title, subject_url
from community.threads.models import Post
from community.viewer import Viewer
from metrics.measures.answers import result_of
from metrics.measures.freshness import freshness
from metrics.measures.registry import MEASURES
from metrics.measures.rows import Row
from metrics.questions import Question
from metrics.results import ResultState

CHUNK = 500


@dataclass(frozen=True)
class ShownRow:
    """`open` false: it counts, but this viewer may not open it, so nothing of it is told.

    `name` is None for an employee, and where the row is not about a person.
    """

    open: bool
    kind: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    name: str | None = None
    segment: str | None = None

    def as_json(self) -> dict[str, Any]:
        return vars(self).copy()


def rows_of(question: Question) -> list[Row]:
    """The rows by the figure's own predicate; none where the figure itself is not shown."""
    if result_of(question, freshness()).state == ResultState.SUPPRESSED:
        return []
    return MEASURES[question.metric.id].rows(question)


def show(rows: Sequence[Row], viewer: Viewer) -> list[ShownRow]:
    topics = _load(Topic, (row.topic_id for row in rows))
    posts = _load(Post, (row.post_id for row in rows))
    people = _load(Member, (row.member_id for row in rows))
    return [_show(row, topics, posts, people, viewer) for row in rows]


def _load(model: type[Any], wanted: Iterable[int | None]) -> dict[int, Any]:
    keys = sorted({key for key in wanted if key})
    found: dict[int, Any] = {}
    eager = [selectinload(Post.thread)] if model is Post else []
    for start in range(0, len(keys), CHUNK):
        chunk = select(model).where(model.id.in_(keys[start : start + CHUNK])).options(*eager)
        found |= {row.id: row for row in session.scalars(chunk)}
    return found


def _show(
    row: Row,
    topics: dict[int, Topic],
    posts: dict[int, Post],
    people: dict[int, Member],
    viewer: Viewer,
) -> ShownRow:
    subject = topics.get(row.topic_id or 0) or posts.get(row.post_id or 0)
    kind = "member" if row.member_id else "topic" if row.topic_id else "post"
    seen = subject is not None and may_see(viewer, subject)
    if not seen and (row.member_id is None or subject is not None):
        return ShownRow(open=False, kind=kind)
    person = people.get(row.member_id or 0)
    return ShownRow(
        open=True,
        kind=kind,
        id=subject.public_id if subject else None,
        url=subject_url(subject) if subject else None,
        title=subject_title(subject) if subject else _("No contribution in this window"),
        name=person.name if person and not person.is_employee else None,
        segment=str(person.segment) if person else None,
    )
