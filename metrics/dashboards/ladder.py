"""The ladder's page: where members stand, and which way they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from community.viewer import Viewer
from metrics import wording
from metrics.charts.bars import Bucket, bar_chart
from metrics.charts.drawing import Drawing, Missing
from metrics.charts.heat import Cell, Head, Heat, HeatRow, shade
from metrics.dashboards import sentences
from metrics.dashboards.figures import Link, Shown, links_of, over_time
from metrics.dashboards.levels import LEVELS, bands_of
from metrics.dashboards.pages import Desk, Page
from metrics.dashboards.rising import rising
from metrics.dashboards.tiles import tile
from metrics.measures.freshness import Freshness
from metrics.results import Result

GONE = ("left", "erased")

Counts = Sequence[int]
Shares = Sequence[float]
# The place of each column in the counts, and its name.
Columns = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class LadderPage(Page):
    """`ways` says what became of the members of each level."""

    ways: "Ways"


@dataclass(frozen=True)
class Ways:
    title: str
    sentence: str
    heat: Heat | Missing
    links: Sequence[Link]


def ladder(viewer: Viewer, asked: Mapping[str, str], fresh: Freshness | None = None) -> LadderPage:
    desk = Desk(viewer, asked, fresh, "ladder")
    engaged, net = desk.answer("ladder"), desk.answer("net_progress")
    conversion, retention = desk.answer("engagement_conversion"), desk.answer("engaged_retention")
    weekly = desk.weekly("ladder")
    return LadderPage(
        desk.question,
        desk.fresh,
        desk.space,
        desk.segments,
        sentences.ladder(engaged, conversion, retention, net),
        [tile(result) for result in (engaged, conversion, retention, net)],
        [standing(engaged), rising(weekly), _engaged_over_time(weekly)],
        ways(desk.answer("ladder_transitions")),
    )


def _engaged_over_time(weekly: Sequence[Result]) -> Shown:
    sentence = _(
        "Of those who were active in the four weeks up to each Sunday, the share that "
        "participated or co-created. The bars are how many were active."
    )
    return over_time("engaged", _("Engaged members"), sentence, weekly)


# Where they stand ----------------------------------------------------------------------


def standing(result: Result) -> Shown:
    figure = result.figure
    sentence = _("The highest level that each member reached in the four weeks.")
    drawing: Drawing | Missing = Missing(result.reason)
    if figure.detail:
        sentence += " " + _absent(figure.detail["members"] - figure.n, figure.detail["members"])
        if any(len(band.levels) > 1 for band in bands_of(figure)):
            sentence += " " + _("Levels with too few people are shown with another.")
        drawing = bar_chart(
            [Bucket(band.name, band.count) for band in bands_of(figure)],
            summary=sentence,
            of_what=_("Level"),
            empty=_("Nobody was active."),
        )
    engaged = figure.numerator or 0
    people = ngettext("%(num)d engaged member", "%(num)d engaged members", engaged)
    return Shown("standing", _("Where members stand"), sentence, drawing, links_of(result, people))


def _absent(absent: int, members: int) -> str:
    if not absent:
        return _("None of the members was absent.")
    return ngettext(
        "%(num)d of %(members)s members was absent.",
        "%(num)d of %(members)s members were absent.",
        absent,
        members=wording.whole(members),
    )


# Which way they go ---------------------------------------------------------------------


def ways(result: Result) -> Ways:
    window = result.question.window
    sentence = _(
        "Each row is who stood there in the four weeks to %(before)s; the columns say where they "
        "stood in the four weeks to %(after)s. Outlined are those who stayed; before them stand "
        "those who dropped, after them those who climbed.",
        before=format_date(window.previous.last, "d MMM"),
        after=format_date(window.last, "d MMM"),
    )
    detail = result.figure.detail
    heat = _heat(detail, sentence) if detail else Missing(result.reason)
    changed = _("who changed level")
    return Ways(_("Ways up and down"), sentence, heat, links_of(result, changed))


def _heat(detail: Mapping[str, Any], summary: str) -> Heat:
    """Nobody came back to being new, and where nobody left there is no column for it."""
    columns = [
        (place, name)
        for place, name in enumerate(detail["to"])
        if name not in GONE or any(counts[place] for counts in detail["counts"] if counts)
    ]
    rows = zip(detail["from"], detail["counts"], detail["shares"], strict=True)
    return Heat(
        summary=summary,
        corner=_("From"),
        columns=[_head(name) for _place, name in columns],
        total=_("All"),
        rows=[
            _row(name, counts, shares, columns)
            for name, counts, shares in rows
            if name != "new" or counts is None or any(counts)
        ],
    )


def _row(name: str, counts: Counts | None, shares: Shares | None, columns: Columns) -> HeatRow:
    if counts is None:
        return HeatRow(_head(name), "", (), _("too few people to be told of"))
    cells = [
        Cell(
            text=wording.whole(counts[place]),
            share=wording.percent(shares[place]) if shares else "",
            shade=shade(shares[place]) if shares else 0,
            stays=column == name,
        )
        for place, column in columns
    ]
    return HeatRow(_head(name), wording.whole(sum(counts)), cells)


def _head(name: str) -> Head:
    others = {"new": _("New"), "left": _("Left"), "erased": _("Erased")}
    return Head(others[name]) if name in others else Head(str(LEVELS[int(name)].name), name)
