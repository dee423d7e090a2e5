"""Notices as lines of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import bidirectional

from flask_babel import gettext as _

from community.notifications.kinds import kind_named
from community.notifications.models import Notice
from community.notifications.together import Line
from community.policy import may_see
from community.subjects import subject_title, subject_url, subjects_at
from community.viewer import Viewer

RIGHT_TO_LEFT = {"R", "AL"}
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Told:
    """One line in words; it leads to where what is told begins."""

    notice: Notice
    sentence: str
    why: str
    url: str


def in_words(lines: Sequence[Line], viewer: Viewer) -> list[Told]:
    """One query for each kind of subject."""
    rows = subjects_at(ref for line in lines for ref in (line.first, line.last))
    found = [_told(line, rows.get(line.first), rows.get(line.last), viewer) for line in lines]
    return [told for told in found if told]


def _told(line: Line, first: Any, last: Any, viewer: Viewer) -> Told | None:
    """What may no longer be read is not named; of most of it nothing is said at all."""
    notice, kind = line.notice, kind_named(line.notice.kind)
    if last is not None and may_see(viewer, last):
        who = notice.actor.name if notice.actor else _("Somebody")
        sentence = kind.says(_apart(who), _apart(subject_title(last)), line.count)
        return Told(notice, sentence, str(kind.why), subject_url(first or last))
    if kind.told_anyway:
        return Told(notice, str(kind.label), str(kind.why), "")
    return None


def _apart(words: str) -> str:
    """A name or a title written from right to left leaves the order of our sentence as it is."""
    if RIGHT_TO_LEFT.isdisjoint(map(bidirectional, words)):
        return words
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"
