"""Finding the question that somebody may ask."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select

from community.database import session
from community.errors import NotFound
from community.policy import can
from community.spaces.models import Space
from community.viewer import Viewer
from metrics.catalogue import METRICS
from metrics.questions import Question, question_from


def find_question(
    viewer: Viewer,
    metric_id: str,
    asked: Mapping[str, str | None],
    now: datetime | None = None,
) -> Question:
    """Raise `NotFound` for a metric that is not, a space that is not, and for who may not ask."""
    space = find_measured_space(viewer, asked.get("space"))
    if metric_id not in METRICS:
        raise NotFound
    return question_from(METRICS[metric_id], asked, space_id=space and space.id, now=now)


def find_measured_space(viewer: Viewer, name: str | None) -> Space | None:
    """The space whose numbers are asked for, by slug or id; None for the whole site."""
    space = None
    if name:
        space = session.scalar(
            select(Space).where(or_(Space.slug == name, Space.public_id == name))
        )
        if space is None:
            raise NotFound
    if not (can(viewer, "metrics.view") or (space and can(viewer, "metrics.view", space))):
        raise NotFound
    return space
