"""Muted topics, as a filter: the same decision as `watching.levels`, for a whole list at once."""

from sqlalchemy import ColumnElement, and_, not_, or_, select

from community.forum.models import Topic
from community.tagging.models import Tagging
from community.viewer import Viewer
from community.watching.models import Watch, WatchLevel

MUTED = Watch.level == WatchLevel.MUTED


def is_muted(viewer: Viewer) -> ColumnElement[bool]:
    """The choice for the topic holds before that for its tags, and that before its space's."""

    def chosen(kind: str, *level: ColumnElement[bool]):
        return select(Watch.subject_id).where(
            Watch.member_id == viewer.member_id, Watch.subject_kind == kind, *level
        )

    def tagged(*level: ColumnElement[bool]) -> ColumnElement[bool]:
        return Topic.id.in_(
            select(Tagging.subject_id).where(
                Tagging.subject_kind == "topic", Tagging.tag_id.in_(chosen("tag", *level))
            )
        )

    by_tag = and_(tagged(MUTED), not_(tagged(not_(MUTED))))
    by_space = and_(not_(tagged()), Topic.space_id.in_(chosen("space", MUTED)))
    return or_(
        Topic.id.in_(chosen("topic", MUTED)),
        and_(Topic.id.not_in(chosen("topic")), or_(by_tag, by_space)),
    )
