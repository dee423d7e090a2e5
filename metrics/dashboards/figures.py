"""The charts of the dashboards, with what they say in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from metrics import wording
from metrics.charts.bars import Bucket, bar_chart
from metrics.charts.drawing import Drawing, Missing
from metrics.charts.line import Moment, line_chart
from metrics.charts.lorenz import lorenz_chart
from metrics.charts.survival import survival_chart
from metrics.dashboards.tiles import definition_url, rows_url
from metrics.results import Result


@dataclass(frozen=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True)
class Shown:
    """A chart in its place: `name` is its anchor."""

    name: str
    title: str
    sentence: str
    drawing: Drawing | Missing
    links: Sequence[Link]


def waiting(result: Result, answered: Result) -> Shown:
    figure = result.figure
    sentence = _(
        "Topics still waiting count for as long as they have waited. %(median)s",
        median=_median(result),
    )
    drawing: Drawing | Missing = Missing(result.reason)
    if figure.curve:
        drawing = survival_chart(figure.curve, summary=sentence, promise=answered.question.within)
    topics = ngettext("%(num)d topic", "%(num)d topics", figure.n)
    return Shown(
        "waiting", _("How long a question waits"), sentence, drawing, links_of(result, topics)
    )


def _median(result: Result) -> str:
    value = result.figure.value
    if value is None:
        return result.reason
    return _("Half had a person’s answer after %(time)s.", time=wording.duration(value))


def backlog(result: Result) -> Shown:
    labels = (_("under a day"), _("1 – 3 days"), _("3 – 7 days"), _("over a week"))
    drawing: Drawing | Missing = Missing(result.reason)
    sentence = _("Topics without an answer by another person, by how long they have waited.")
    if result.figure.n:
        ages = zip(labels, result.figure.detail["ages"], strict=True)
        drawing = bar_chart(
            [Bucket(label, age["count"]) for label, age in ages],
            summary=sentence,
            of_what=_("Waiting for"),
            empty=_("Nobody is waiting for an answer."),
        )
    count = round(result.figure.value or 0)
    topics = ngettext("%(num)d topic", "%(num)d topics", count)
    return Shown("backlog", _("Who still waits"), sentence, drawing, links_of(result, topics))


def over_time(name: str, title: str, sentence: str, results: Sequence[Result]) -> Shown:
    last = results[-1]
    moments = [_moment(result) for result in results]
    drawing = line_chart(moments, unit=last.question.metric.unit, summary=sentence)
    return Shown(name, title, sentence, drawing, links_of(last, _("the last week")))


def _moment(result: Result) -> Moment:
    """A point of a line; what is withheld or rests on next to nothing is a gap."""
    figure = result.figure
    return Moment(
        label=format_date(result.question.window.last, "d MMM"),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        n=None if result.question.metric.counts_itself else figure.n,
        provisional=result.is_provisional,
    )


def spread(result: Result, absence: Result) -> Shown:
    figure = result.figure
    drawing: Drawing | Missing = Missing(result.reason)
    sentence = _("Contributors from the quietest to the most active.")
    if absence.figure.value is not None:
        sentence += " " + _half_of_it(result, absence)
    if figure.n:
        drawing = lorenz_chart(figure.detail["lorenz"], figure.n, summary=sentence)
    people = ngettext("%(num)d contributor", "%(num)d contributors", figure.n)
    return Shown("spread", _("Who writes"), sentence, drawing, links_of(result, people))


def _half_of_it(result: Result, absence: Result) -> str:
    return ngettext(
        "%(num)d person (%(span)s) gave half of it; the Gini coefficient is %(gini)s (%(ends)s).",
        "%(num)d people (%(span)s) gave half of it; the Gini coefficient is %(gini)s (%(ends)s).",
        round(absence.figure.value or 0),
        span=wording.span(absence.figure.low, absence.figure.high, "people"),
        gini=wording.in_unit(result.figure.value, "index"),
        ends=wording.span(result.figure.low, result.figure.high, "index"),
    )


def links_of(result: Result, rows: str) -> list[Link]:
    metric = result.question.metric
    version = _("definition %(version)s", version=metric.version)
    return [Link(rows, rows_url(result.question)), Link(version, definition_url(metric))]
