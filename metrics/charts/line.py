"""A figure over time: a line in its interval, what it rests on behind it, the last value said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Bar, Dot, Drawing, Missing, Note, Path, Table, Tick
from metrics.charts.scales import Scale, band, line, round_ticks

LABELS = 6
# How much of the plot's height the bars behind the line may take.
FAINT = 22


@dataclass(frozen=True)
class Moment:
    """One place on the time axis; without a value the line has a gap."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    provisional: bool = False


def line_chart(moments: Sequence[Moment], *, unit: str, summary: str) -> Drawing | Missing:
    shown = [moment for moment in moments if moment.value is not None]
    if len(shown) < 2:
        return Missing(_("A line needs two points in time; so far there are fewer."))
    top = 1 if unit == "share" else max(moment.high or moment.value or 0 for moment in shown)
    ticks = round_ticks(top)
    x, y = Scale(-0.5, len(moments) - 0.5), Scale(0, ticks[-1], upward=True)
    last = next(place for place in reversed(range(len(moments))) if moments[place] in shown)
    end = (x(last), y(moments[last].value or 0))
    return Drawing(
        summary=summary,
        table=_table(moments, unit),
        x_ticks=_time_ticks(moments, x),
        y_ticks=[Tick(y(value), wording.in_unit(value, unit)) for value in ticks],
        bars=_faint_bars(moments, x),
        paths=[path for run in _runs(moments) for path in _paths(run, x, y)],
        dots=[Dot(*end)],
        notes=[Note(*end, wording.in_unit(moments[last].value, unit), "end")],
    )


def _runs(moments: Sequence[Moment]) -> list[list[tuple[int, Moment]]]:
    """The stretches without a gap."""
    by_gap = groupby(enumerate(moments), key=lambda placed: placed[1].value is not None)
    return [list(run) for has_value, run in by_gap if has_value]


def _paths(run: list[tuple[int, Moment]], x: Scale, y: Scale) -> list[Path]:
    paths = []
    if all(moment.low is not None and moment.high is not None for _, moment in run):
        upper = [(x(place), y(moment.high or 0)) for place, moment in run]
        lower = [(x(place), y(moment.low or 0)) for place, moment in run]
        paths.append(Path(band(upper, lower), "band"))
    final = [placed for placed in run if not placed[1].provisional]
    points = [(x(place), y(moment.value or 0)) for place, moment in run]
    paths.append(Path(line(points[: max(len(final), 1)]), "line"))
    if len(final) < len(run):
        paths.append(Path(line(points[max(len(final) - 1, 0) :]), "line-open"))
    return paths


def _faint_bars(moments: Sequence[Moment], x: Scale) -> list[Bar]:
    """How many each point rests on."""
    most = max(moment.n or 0 for moment in moments)
    if not most:
        return []
    width = 50 / len(moments)
    heights = [FAINT * (moment.n or 0) / most for moment in moments]
    return [
        Bar(
            round(x(place) - width / 2, 2),
            round(100 - height, 2),
            round(width, 2),
            round(height, 2),
            "faint",
        )
        for place, height in enumerate(heights)
        if height
    ]


def _time_ticks(moments: Sequence[Moment], x: Scale) -> list[Tick]:
    """At most six labels, counted from the latest; every second gives way on a phone."""
    every = -(-len(moments) // LABELS)
    places = range(len(moments) - 1, -1, -every)
    return [
        Tick(x(place), moments[place].label, minor=bool(number % 2))
        for number, place in enumerate(places)
    ]


def _table(moments: Sequence[Moment], unit: str) -> Table:
    return Table(
        [_("When"), _("Value"), _("Interval"), _("Of")],
        [
            [
                moment.label,
                wording.in_unit(moment.value, unit),
                wording.span(moment.low, moment.high, unit),
                "" if moment.n is None else wording.whole(moment.n),
            ]
            for moment in moments
        ],
    )
