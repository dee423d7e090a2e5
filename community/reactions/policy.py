"""Who may react."""

from typing import Any

from community.audiences import Level
from community.policy import rule
from community.viewer import Viewer


@rule("reaction.give")
def give(viewer: Viewer, subject: Any) -> bool:
    """Those who may reply may react, though not to their own words."""
    if viewer.member is None or viewer.silenced or not subject.is_published:
        return False
    return viewer.level(subject.audience_id) >= Level.REPLY and (
        subject.author_id != viewer.member_id
    )


@rule("reaction.withdraw")
def withdraw(viewer: Viewer, _subject: Any) -> bool:
    return viewer.member is not None
