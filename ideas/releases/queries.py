"""Releases of a board."""

from collections.abc import Sequence

from sqlalchemy import select

from community.database import session
from community.spaces.models import Space
from ideas.releases.models import Release

MOST = 50


def releases_of(board: Space) -> Sequence[Release]:
    """The newest first."""
    return session.scalars(
        select(Release)
        .where(Release.space_id == board.id)
        .order_by(Release.created_at.desc(), Release.id.desc())
        .limit(MOST)
    ).all()
