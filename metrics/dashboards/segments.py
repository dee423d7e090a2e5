"""Whose numbers are shown: the segments as tabs, and the one that is asked for in words."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from metrics.facts.models import Side
from metrics.questions import Question, asked_in

NAMES: dict[Side | None, LazyString] = {
    None: _l("Everyone"),
    Side.CUSTOMER: _l("Customers"),
    Side.EMPLOYEE: _l("Employees"),
    Side.PARTNER: _l("Partners"),
    Side.PUBLIC: _l("Public"),
}


def tabs_of(question: Question, asked: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The same page for each segment, as (name, address, current); what else was asked is kept."""
    return [
        (str(name), _url(side, asked), side == question.segment) for side, name in NAMES.items()
    ]


def _url(side: Side | None, asked: Mapping[str, str]) -> str:
    kept: dict[str, Any] = asked_in(asked)
    kept["segment"] = side.name.lower() if side is not None else None
    return url_for(request.endpoint or "metrics.show_overview", **kept)
