"""How statuses, and what was promised with them, read."""

from collections.abc import Hashable
from functools import lru_cache

from flask_babel import format_date
from flask_babel import gettext as _

from community.i18n import spoken_in
from ideas.board.lines import Change, IdeaLine
from ideas.board.models import Idea
from ideas.board.statuses import STATUSES, Category, Need, Status, StatusKind
from ideas.review.models import StatusChange

NEEDS = {
    Need.DATE: lambda: _("a release, a quarter, or that there is no date"),
    Need.REASON: lambda: _("a reason"),
    Need.REVISIT: lambda: _("the day on which you look at it again"),
    Need.LINK: lambda: _("a link to where it exists"),
    Need.VERSION: lambda: _("the version it is in"),
    Need.OUTCOME: lambda: _("what came of it"),
}


def status_words(idea: Idea | IdeaLine) -> str:
    """E.g. "Planned for 7.4", "Shipped in 7.3", "Not now: to be looked at again on 4 May 2027"."""
    change = idea.change
    if change and change.to_status == idea.status:
        return change_words(change)
    return labels(*spoken_in())[idea.status]


@lru_cache(16)
def labels(*_language: Hashable) -> dict[Status, str]:
    """Of all statuses, in the reader's language: a list says thirty."""
    return {kind.status: str(kind.label) for kind in STATUSES.values()}


def change_words(change: StatusChange | Change) -> str:
    label, promised = labels(*spoken_in())[change.kind.status], promise_words(change)
    if change.revisit_on:
        day = format_date(change.revisit_on, "d MMMM yyyy")
        return _("%(status)s: to be looked at again on %(day)s", status=label, day=day)
    if change.kind.category == Category.DONE and change.release:
        return _("%(status)s in %(version)s", status=label, version=change.release.version)
    if change.kind.category == Category.COMMITTED and promised:
        return _("%(status)s for %(promised)s", status=label, promised=promised)
    if change.to_status == Status.PLANNED:
        return _("%(status)s, no date yet", status=label)
    return label


def promise_words(change: StatusChange | Change | None) -> str:
    """The release or the quarter; empty where none was named."""
    if change is None:
        return ""
    return change.release.version if change.release else quarter_words(change.quarter)


def quarter_words(quarter: str) -> str:
    """ "2027-Q1" as people write it."""
    return f"{quarter[5:]} {quarter[:4]}" if quarter else ""


def needs_words(kind: StatusKind) -> str:
    """What must be said with this status, e.g. "needs a reason, a link to where it exists"."""
    needs = [NEEDS[need]() for need in Need if need in kind.needs]
    return _("needs %(needs)s", needs=", ".join(needs)) if needs else ""
