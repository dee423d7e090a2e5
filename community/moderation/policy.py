"""Who may flag, decide and appeal."""

from typing import Any

from sqlalchemy import true

from community.audiences import Level
from community.members.models import Role
from community.moderation.models import Case, Decision
from community.policy import readable, rule
from community.subjects import State
from community.viewer import Viewer

readable(
    Case,
    check=lambda viewer, case: case.audience_id in viewer.moderated,
    filter=lambda viewer: true() if viewer.is_system else Case.audience_id.in_(viewer.moderated),
)


@rule("subject.flag")
def flag(viewer: Viewer, subject: Any) -> bool:
    """Whoever may answer may flag, though not their own words, and only what is in sight."""
    if viewer.member is None or viewer.silenced or subject.state != State.PUBLISHED:
        return False
    return viewer.level(subject.audience_id) >= Level.REPLY and (
        subject.author_id != viewer.member_id
    )


@rule("moderation.view")
def view(viewer: Viewer, _target: object) -> bool:
    """Who looks after everything has a queue before there is any space in it."""
    if viewer.member is None:
        return False
    return bool(viewer.moderated or viewer.roles & {Role.MODERATOR, Role.ADMINISTRATOR})


@rule("case.decide")
def decide(viewer: Viewer, case: Case) -> bool:
    """Nobody decides about their own words."""
    return viewer.level(case.audience_id) >= Level.MODERATE and (case.author_id != viewer.member_id)


@rule("case.appeal")
def appeal(viewer: Viewer, subject: Any) -> bool:
    """The author of what was taken out of sight; checked against the case by the action."""
    return viewer.member is not None and subject.author_id == viewer.member_id


@rule("appeal.decide")
def decide_appeal(viewer: Viewer, case: Case) -> bool:
    """Not who wrote it, and not who decided first, unless there is nobody above them."""
    if case.decision != Decision.UPHELD or case.author_id == viewer.member_id:
        return False
    fresh_eyes = case.decided_by_id != viewer.member_id
    return viewer.level(case.audience_id) >= (Level.MODERATE if fresh_eyes else Level.OWN)
