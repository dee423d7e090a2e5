"""Parts of a whole over time: a column for each moment, the parts named beside the last one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Bar, Drawing, Missing, Note, Table, Tick
from metrics.charts.scales import Scale

LABELS = 6
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
# The share of its place that a column fills.
FILL = 0.8
# A part thinner than this in the last column has no room for its name; the table has it.
ROOM = 0.07


@dataclass(frozen=True)
class Column:
    """The parts' shares at one moment, the lowest first; None where they are not told."""

    label: str
    shares: Sequence[float] | None


@dataclass(frozen=True)
class Part:
    """`look` is the class of its stretch of each column."""

    name: str
    look: str


def stack_chart(
    columns: Sequence[Column], parts: Sequence[Part], *, summary: str
) -> Drawing | Missing:
    """A moment that is not told leaves a gap."""
    told = [place for place, column in enumerate(columns) if column.shares]
    if not told:
        return Missing(_("In none of these weeks were enough people on each level to tell."))
    x, y = Scale(-0.5, len(columns) - 0.5), Scale(0, 1, upward=True)
    return Drawing(
        summary=summary,
        table=_table(columns, parts),
        x_ticks=_time_ticks(columns, x),
        y_ticks=[Tick(y(share), wording.percent(share)) for share in QUARTERS],
        bars=[bar for place in told for bar in _bars(place, columns, parts, x)],
        notes=_names(columns[told[-1]], parts, x(told[-1] + FILL / 2), y),
        look="stack",
    )


def _stretches(column: Column) -> list[tuple[float, float]]:
    """Where each part begins and ends."""
    found, low = [], 0.0
    for share in column.shares or ():
        found.append((low, low + share))
        low += share
    return found


def _bars(place: int, columns: Sequence[Column], parts: Sequence[Part], x: Scale) -> list[Bar]:
    left, width = x(place - FILL / 2), round(100 * FILL / len(columns), 2)
    return [
        Bar(left, round(100 * (1 - high), 2), width, round(100 * (high - low), 2), part.look)
        for part, (low, high) in zip(parts, _stretches(columns[place]), strict=True)
        if high > low
    ]


def _names(column: Column, parts: Sequence[Part], at: float, y: Scale) -> list[Note]:
    return [
        Note(at, y((low + high) / 2), f"{part.name} {wording.percent(high - low)}", "end")
        for part, (low, high) in zip(parts, _stretches(column), strict=True)
        if high - low >= ROOM
    ]


def _time_ticks(columns: Sequence[Column], x: Scale) -> list[Tick]:
    """At most six labels, counted from the latest; every second gives way on a phone."""
    every = -(-len(columns) // LABELS)
    places = range(len(columns) - 1, -1, -every)
    return [
        Tick(x(place), columns[place].label, minor=bool(number % 2))
        for number, place in enumerate(places)
    ]


def _table(columns: Sequence[Column], parts: Sequence[Part]) -> Table:
    return Table(
        [_("When"), *[part.name for part in parts]],
        [
            [column.label, *[wording.percent(share) for share in column.shares]]
            if column.shares
            else [column.label, *["–" for _part in parts]]
            for column in columns
        ],
    )
