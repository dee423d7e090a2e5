"""Notices as lines of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from community.notifications.kinds import kind_named
from community.notifications.models import Notice
from community.policy import may_see
from community.subjects import subject_title, subject_url, subjects_at
from community.viewer import Viewer


@dataclass(frozen=True)
class Line:
    notice: Notice
    sentence: str
    why: str
    url: str


def lines(notices: Sequence[Notice], viewer: Viewer) -> list[Line]:
    """What may still be read, said in words; one query for each kind of subject."""
    rows = subjects_at((notice.subject_kind, notice.subject_id) for notice in notices)
    found = []
    for notice in notices:
        subject = rows.get((notice.subject_kind, notice.subject_id))
        if subject is not None and may_see(viewer, subject):
            kind = kind_named(notice.kind)
            who = notice.actor.name if notice.actor else _("Somebody")
            sentence = kind.sentence(who, subject_title(subject))
            found.append(Line(notice, sentence, str(kind.why), subject_url(subject)))
    return found
