"""Naming versions, and saying that they are out."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from community import clock
from community.database import action, session
from community.errors import Invalid
from community.events import emit
from community.identifiers import new_public_id
from community.policy import authorize
from community.sending import insert_once
from community.spaces.models import Space
from community.texts.preparation import check_storable, visible_length
from community.viewer import Viewer
from ideas.releases.events import ReleasePlanned, ReleasePublished
from ideas.releases.models import Release

VERSION_LENGTH = 40


@action
def plan_release(
    board: Space, version: str, *, by: Viewer, quarter: str = "", summary: str = ""
) -> Release:
    """The release of this version, named now if it was not known."""
    authorize(by, "release.plan", board)
    version = check_version(version)
    new = insert_once(
        Release,
        public_id=new_public_id(),
        space_id=board.id,
        version=version,
        quarter=quarter,
        summary=summary,
        created_at=clock.now(),
    )
    release = session.scalars(
        select(Release).where(Release.space_id == board.id, Release.version == version)
    ).one()
    if new:
        emit(ReleasePlanned(**_about(board, by), release_id=release.id))
    return release


@action
def publish_release(release: Release, *, by: Viewer) -> None:
    """Say that it is out; saying so twice changes nothing."""
    board = session.get_one(Space, release.space_id)
    authorize(by, "release.plan", board)
    if release.released_at is None:
        release.released_at = clock.now()
        emit(ReleasePublished(**_about(board, by), release_id=release.id))


def check_version(version: str) -> str:
    check_storable(version)
    version = " ".join(version.split())
    if not visible_length(version):
        raise Invalid({"release": _("Say which version.")})
    if len(version) > VERSION_LENGTH:
        raise Invalid(
            {"release": _("A version has at most %(most)s characters.", most=VERSION_LENGTH)}
        )
    return version


def _about(board: Space, by: Viewer) -> dict[str, Any]:
    return {"actor_id": by.member_id, "space_id": board.id, "audience_id": board.audience_id}
