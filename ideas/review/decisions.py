"""What a decision has to say: each need of a status is one row with its check."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from community import clock
from community.errors import Invalid
from community.texts.preparation import Prepared, check_storable, visible_length
from community.web import local_path
from ideas.board.statuses import REASON_LENGTH, STATUSES, Need, Status

OUTCOME_LENGTH = 500
LINK_LENGTH = 500
_QUARTER = re.compile(r"20\d\d-Q[1-4]")


@dataclass(frozen=True)
class Decision:
    """Where an idea goes, and what is said with it. `release` is a version."""

    to: Status
    reason: Prepared | None = None
    release: str = ""
    quarter: str = ""
    undated: bool = False
    revisit_on: date | None = None
    link: str = ""
    outcome: str = ""

    @property
    def needs(self) -> frozenset[Need]:
        return STATUSES[self.to].needs


def check_decision(decision: Decision, *, known_release: bool) -> None:
    """Raise `Invalid` for what its status needs and it lacks, all fields at once.

    `known_release`: the idea has been promised for a release already.
    """
    errors = {}
    for need, (field, is_met, message) in _CHECKS.items():
        if need in decision.needs and not is_met(decision):
            if need == Need.VERSION and known_release:
                continue
            errors[field] = message()
    errors |= _ill_formed(decision)
    if errors:
        raise Invalid(errors)


Check = tuple[str, Callable[[Decision], object], Callable[[], str]]

_CHECKS: Mapping[Need, Check] = {
    Need.DATE: (
        "release",
        lambda decision: decision.release or decision.quarter or decision.undated,
        lambda: _("Say for which release or quarter, or that there is no date."),
    ),
    Need.REASON: (
        "reason",
        lambda decision: _length(decision.reason) >= REASON_LENGTH,
        lambda: _(
            "Give a reason of at least %(least)s characters: those who voted will read it.",
            least=REASON_LENGTH,
        ),
    ),
    Need.REVISIT: (
        "revisit_on",
        lambda decision: decision.revisit_on and decision.revisit_on > clock.now().date(),
        lambda: _("Say on which day, from tomorrow on, you will look at it again."),
    ),
    Need.LINK: (
        "link",
        lambda decision: decision.link,
        lambda: _("Link to where it exists."),
    ),
    Need.VERSION: (
        "release",
        lambda decision: decision.release,
        lambda: _("Say in which version it is."),
    ),
    Need.OUTCOME: (
        "outcome",
        lambda decision: visible_length(decision.outcome),
        lambda: _("Say what came of it."),
    ),
}


def _ill_formed(decision: Decision) -> dict[str, str]:
    errors = {}
    check_storable(decision.outcome + decision.link)
    if decision.quarter and not _QUARTER.fullmatch(decision.quarter):
        errors["quarter"] = _("This is no quarter.")
    if decision.link and not is_link(decision.link):
        errors["link"] = _("A link begins with / or https:// and has at most 500 characters.")
    if len(decision.outcome) > OUTCOME_LENGTH:
        errors["outcome"] = _("At most %(most)s characters.", most=OUTCOME_LENGTH)
    return errors


def is_link(link: str) -> bool:
    if len(link) > LINK_LENGTH or any(ord(character) <= 32 for character in link):
        return False
    return link.startswith(("https://", "http://")) or local_path(link, "") == link


def _length(reason: Prepared | None) -> int:
    return visible_length(reason.source) if reason else 0
