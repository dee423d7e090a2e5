"""Notices as lines of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import bidirectional

from flask_babel import gettext as _

from community.notifications.kinds import kind_named
from community.notifications.models import Notice
from community.policy import may_see
from community.subjects import subject_title, subject_url, subjects_at
from community.viewer import Viewer

RIGHT_TO_LEFT = {"R", "AL"}
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Line:
    notice: Notice
    sentence: str
    why: str
    url: str


def lines(notices: Sequence[Notice], viewer: Viewer) -> list[Line]:
    """The notices in words; one query for each kind of subject."""
    rows = subjects_at((notice.subject_kind, notice.subject_id) for notice in notices)
    found = [_line(one, rows.get((one.subject_kind, one.subject_id)), viewer) for one in notices]
    return [line for line in found if line]


def _line(notice: Notice, subject: Any, viewer: Viewer) -> Line | None:
    """What may no longer be read is not named; of most of it nothing is said at all."""
    kind = kind_named(notice.kind)
    if subject is not None and may_see(viewer, subject):
        who = notice.actor.name if notice.actor else _("Somebody")
        sentence = kind.sentence(_apart(who), _apart(subject_title(subject)))
        return Line(notice, sentence, str(kind.why), subject_url(subject))
    if kind.told_anyway:
        return Line(notice, str(kind.label), str(kind.why), "")
    return None


def _apart(words: str) -> str:
    """A name or a title written from right to left leaves the order of our sentence as it is."""
    if RIGHT_TO_LEFT.isdisjoint(map(bidirectional, words)):
        return words
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"
