"""Whose drafts are whose, and who may restore and hide what a text was before."""

from typing import Any

from community.audiences import Level
from community.policy import can, readable, rule
from community.texts.histories import history_kind
from community.texts.models import Draft
from community.viewer import Viewer

readable(
    Draft,
    check=lambda viewer, draft: viewer.member_id == draft.member_id,
    filter=lambda viewer: Draft.member_id == viewer.member_id,
)


@rule("draft.save")
def save_draft(viewer: Viewer, _target: object) -> bool:
    return viewer.member is not None


@rule("revision.restore")
def restore(viewer: Viewer, subject: Any) -> bool:
    """Whoever may edit the text may bring back what it was."""
    kept = history_kind(subject)
    return kept is not None and can(viewer, kept.edit, subject)


@rule("revision.hide")
def hide(viewer: Viewer, subject: Any) -> bool:
    return viewer.member is not None and viewer.level(subject.audience_id) >= Level.MODERATE
