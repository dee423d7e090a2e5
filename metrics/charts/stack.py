"""Shares of a whole over time: areas on top of each other, each with its name at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Drawing, Missing, Note, Path, Table, Tick
from metrics.charts.scales import Scale, band

LABELS = 4
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
# A layer thinner than this at its end has no room for its name; the table has it.
ROOM = 0.06


@dataclass(frozen=True)
class Layer:
    """One part of the whole, at every moment; `look` is its class."""

    name: str
    look: str
    shares: Sequence[float]


def stack_chart(
    moments: Sequence[str], layers: Sequence[Layer], *, summary: str
) -> Drawing | Missing:
    """The first layer lies at the bottom."""
    if len(moments) < 2:
        return Missing(_("A line needs two points in time; so far there are fewer."))
    x, y = Scale(0, len(moments) - 1), Scale(0, 1, upward=True)
    edges = [[0.0] * len(moments)]
    for layer in layers:
        edges.append([low + share for low, share in zip(edges[-1], layer.shares, strict=True)])
    lines = [[(x(place), y(value)) for place, value in enumerate(edge)] for edge in edges]
    return Drawing(
        summary=summary,
        table=_table(moments, layers),
        x_ticks=_time_ticks(moments, x),
        y_ticks=[Tick(y(share), wording.percent(share)) for share in QUARTERS],
        paths=[
            Path(band(upper, lower), layer.look)
            for layer, lower, upper in zip(layers, lines, lines[1:], strict=False)
        ],
        notes=[
            Note(
                100,
                y((low[-1] + high[-1]) / 2),
                f"{layer.name} {wording.percent(layer.shares[-1])}",
                "end",
            )
            for layer, low, high in zip(layers, edges, edges[1:], strict=False)
            if layer.shares[-1] >= ROOM
        ],
        look="stack",
    )


def _time_ticks(moments: Sequence[str], x: Scale) -> list[Tick]:
    """A few labels, counted from the latest; every second gives way on a phone."""
    every = -(-len(moments) // LABELS)
    places = range(len(moments) - 1, -1, -every)
    return [
        Tick(x(place), moments[place], minor=bool(number % 2))
        for number, place in enumerate(places)
    ]


def _table(moments: Sequence[str], layers: Sequence[Layer]) -> Table:
    return Table(
        [_("When"), *[layer.name for layer in layers]],
        [
            [moment, *[wording.percent(layer.shares[place]) for layer in layers]]
            for place, moment in enumerate(moments)
        ],
    )
