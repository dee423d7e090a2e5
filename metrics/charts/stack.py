"""Parts of a whole over time: a column for each moment, the parts named beside the last one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Bar, Drawing, Key, Missing, Note, Table, Tick
from metrics.charts.scales import Scale
from metrics.charts.shares import share_ticks

LABELS = 6
# The share of its place that a column fills.
FILL = 0.8
# A part thinner than this in the last column has no room for its name; the key has it.
ROOM = 0.07


@dataclass(frozen=True)
class Part:
    """A stretch of a column; `look` is its class."""

    name: str
    look: str
    share: float


@dataclass(frozen=True)
class Column:
    """The parts at one moment, the lowest first; without parts it is a gap."""

    label: str
    parts: Sequence[Part]


def stack_chart(
    columns: Sequence[Column], *, key: Sequence[Key], table: Table, summary: str
) -> Drawing | Missing:
    told = [place for place, column in enumerate(columns) if column.parts]
    if not told:
        return Missing(_("In none of these weeks were there enough people to tell."))
    x, y = Scale(-0.5, len(columns) - 0.5), Scale(0, 1, upward=True)
    return Drawing(
        summary=summary,
        table=table,
        x_ticks=_time_ticks(columns, x),
        y_ticks=share_ticks(y),
        bars=[bar for place in told for bar in _bars(place, columns, x)],
        notes=_names(columns[told[-1]], x(told[-1] + FILL / 2), y),
        key=key,
        look="stack",
    )


def _stretches(column: Column) -> list[tuple[Part, float]]:
    """Each part with where it begins."""
    found, low = [], 0.0
    for part in column.parts:
        found.append((part, low))
        low += part.share
    return found


def _bars(place: int, columns: Sequence[Column], x: Scale) -> list[Bar]:
    left, width = x(place - FILL / 2), round(100 * FILL / len(columns), 2)
    return [
        Bar(
            left,
            round(100 * (1 - low - part.share), 2),
            width,
            round(100 * part.share, 2),
            part.look,
        )
        for part, low in _stretches(columns[place])
    ]


def _names(column: Column, at: float, y: Scale) -> list[Note]:
    return [
        Note(at, y(low + part.share / 2), f"{part.name} {wording.percent(part.share)}", "end")
        for part, low in _stretches(column)
        if part.share >= ROOM
    ]


def _time_ticks(columns: Sequence[Column], x: Scale) -> list[Tick]:
    """At most six labels, counted from the latest; every second gives way on a phone."""
    every = -(-len(columns) // LABELS)
    places = range(len(columns) - 1, -1, -every)
    return [
        Tick(x(place), columns[place].label, minor=bool(number % 2))
        for number, place in enumerate(places)
    ]
