"""A result as it stands on a page: its value, what it rests on, and what became of it."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from metrics import wording
from metrics.catalogue import Metric
from metrics.questions import Question, asked_in
from metrics.results import Result, ResultState

BASES = {
    "participation": lambda n: ngettext("of %(num)d active", "of %(num)d active", n),
    "gini": lambda n: ngettext("%(num)d contributor", "%(num)d contributors", n),
    "absence_factor": lambda n: ngettext("of %(num)d contributor", "of %(num)d contributors", n),
    "first_response": lambda n: ngettext("%(num)d topic", "%(num)d topics", n),
    "answered_within": lambda n: ngettext("of %(num)d topic", "of %(num)d topics", n),
    "unanswered": lambda n: ngettext("of %(num)d topic", "of %(num)d topics", n),
    "conversation_share": lambda n: ngettext("of %(num)d post", "of %(num)d posts", n),
    "two_way_threads": lambda n: ngettext("of %(num)d topic", "of %(num)d topics", n),
    "ladder": lambda n: ngettext("of %(num)d active", "of %(num)d active", n),
    "engagement_conversion": lambda n: ngettext(
        "of %(num)d taking part", "of %(num)d taking part", n
    ),
    "engaged_retention": lambda n: ngettext("of %(num)d engaged", "of %(num)d engaged", n),
    "net_progress": lambda n: ngettext("of %(num)d member", "of %(num)d members", n),
    "reciprocity": lambda n: ngettext("of %(num)d pair", "of %(num)d pairs", n),
}


@dataclass(frozen=True)
class Tile:
    name: str
    value: str
    basis: str
    change: str
    tone: str
    rows_url: str
    definition_url: str


def tile(result: Result, name: str = "") -> Tile:
    metric = result.question.metric
    change, tone = change_in_words(result)
    return Tile(
        name=name or str(metric.name),
        value=wording.in_unit(result.figure.value, metric.unit),
        basis=basis_in_words(result),
        change=change,
        tone=tone,
        rows_url=rows_url(result.question),
        definition_url=definition_url(metric),
    )


def basis_in_words(result: Result) -> str:
    """The interval and the number it rests on."""
    figure, metric = result.figure, result.question.metric
    interval = wording.span(figure.low, figure.high, metric.unit)
    base = BASES[metric.id](figure.n) if metric.id in BASES and figure.n else ""
    return ", ".join(part for part in (interval, base) if part)


def change_in_words(result: Result) -> tuple[str, str]:
    """What to say of the window before, and its tone; noise is not called a change."""
    if result.state in (ResultState.SUPPRESSED, ResultState.INSUFFICIENT, ResultState.STALE):
        return result.reason, "flat"
    if result.figure.value is None:
        return result.reason, "flat"
    change = result.change
    if change is None:
        return _("nothing to compare with"), "flat"
    difference, interval = change
    if not interval.excludes(0):
        return _("no clear change"), "flat"
    metric = result.question.metric
    rises = difference > 0
    tone = "up" if rises == (metric.better == "higher") else "down"
    return wording.signed(difference, metric.unit), tone


def rows_url(question: Question) -> str:
    """The rows of this very number: what the page was asked for, and the moment it describes."""
    asked: dict[str, Any] = {**asked_in(request.args), **narrowed(question)}
    return url_for("metrics.show_rows", metric_id=question.metric.id, **asked)


def narrowed(question: Question) -> dict[str, str]:
    window = question.window
    asked = {"to": window.last.isoformat(), "as_of": question.as_of.isoformat()}
    if window.first:
        asked["from"] = window.first.isoformat()
    if question.segment is not None:
        asked["segment"] = question.segment.name.lower()
    if question.boundary is not None:
        asked["boundary"] = question.boundary.name.lower()
    return asked


def definition_url(metric: Metric) -> str:
    return url_for("metrics.show_definitions", _anchor=metric.id)
