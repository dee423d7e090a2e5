"""Flagging, where posts and other subjects offer a place for it; and the queue's entry."""

from typing import Any

from flask_babel import gettext as _

from community.keeping.own import not_shared
from community.moderation.actions import last_case
from community.moderation.models import Decision
from community.moderation.queries import waiting_count
from community.policy import can
from community.slots import entry, fills
from community.subjects import State, subject_ref
from community.templating import piece
from community.viewer import current_viewer


@fills("post.menu")
def flag_post(post: Any) -> str | None:
    return _flag(post)


@fills("subject.menu")
def flag_subject(subject: Any) -> str | None:
    return _flag(subject)


@fills("post.end")
def appeal_post(post: Any) -> str | None:
    """For the author of what was taken out of sight."""
    if post.state != State.HIDDEN or post.author_id != current_viewer().member_id:
        return None
    case = last_case(post)
    if case is None or case.decision != Decision.UPHELD:
        return None
    kind, _key = subject_ref(post)
    return piece("moderation/_appeal.html", kind=kind, subject=post)


@fills("header.menu")
def queue() -> str | None:
    viewer = current_viewer()
    if not can(viewer, "moderation.view"):
        return None
    not_shared()
    waiting = waiting_count(viewer)
    label = _("Moderation · %(waiting)s waiting", waiting=waiting) if waiting else _("Moderation")
    return entry("/moderation", label)


def _flag(subject: Any) -> str | None:
    if not can(current_viewer(), "subject.flag", subject):
        return None
    kind, _key = subject_ref(subject)
    return entry(f"/flag/{kind}/{subject.public_id}", _("Flag"))
