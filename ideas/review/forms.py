"""A decision as it comes from the form."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from community.errors import Invalid
from community.texts.preparation import prepare
from ideas.board.statuses import Status
from ideas.review.decisions import Decision

REASON_AT_MOST = 20_000


def read_decision(form: Mapping[str, str]) -> Decision:
    """Raise `Invalid` for what cannot be read; what is missing is the action's question."""
    to = form.get("to", "")
    if to not in tuple(Status):
        raise Invalid({"to": _("Choose a status.")})
    reason = form.get("reason", "")
    return Decision(
        to=Status(to),
        reason=prepare(reason, field="reason", limit=REASON_AT_MOST) if reason.strip() else None,
        release=form.get("release", "").strip(),
        quarter=form.get("quarter", ""),
        undated=bool(form.get("undated")),
        revisit_on=_day(form.get("revisit_on", "")),
        link=form.get("link", "").strip(),
        outcome=form.get("outcome", ""),
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"revisit_on": _("This is no day.")}) from None
