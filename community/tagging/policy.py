"""Who may tag: the author, employees, and who moderates."""

from typing import Any

from sqlalchemy import true

from community.audiences import Level
from community.policy import readable, rule
from community.tagging.models import Tag
from community.viewer import Viewer

readable(Tag, check=lambda _viewer, _tag: True, filter=lambda _viewer: true())


@rule("subject.tag")
def tag(viewer: Viewer, subject: Any) -> bool:
    if viewer.member is None or viewer.silenced or not subject.is_published:
        return False
    level = viewer.level(subject.audience_id)
    own = subject.author_id == viewer.member_id or viewer.is_employee
    return (own and level >= Level.REPLY) or level >= Level.MODERATE
