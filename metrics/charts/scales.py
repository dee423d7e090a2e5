"""From values to places: linear scales, round ticks, paths."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TypeVar

# The box that paths are drawn in; it is stretched to the plot.
BOX = 1000
# Percent of the plot; what lies closer together could not be seen apart.
CLOSEST = 0.25
ROUND = (1, 2, 2.5, 5, 10)

Point = tuple[float, float]
P = TypeVar("P", bound=tuple[float, ...])


@dataclass(frozen=True)
class Scale:
    """Percent of the plot for a value; `upward` for the axis that grows against the page."""

    low: float
    high: float
    upward: bool = False

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(100 * (1 - share if self.upward else share), 2)

    def width_of(self, percent: float) -> float:
        return (self.high - self.low) * percent / 100


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that takes at most `most` steps."""
    size = 10 ** floor(log10(span / most))
    return next(size * factor for factor in ROUND if size * factor * most >= span * (1 - 1e-9))


def round_ticks(high: float, most: int = 4) -> list[float]:
    """Round values from 0 to the first at or above `high`."""
    step = round_step(high or 1, most)
    return [step * place for place in range(ceil((high or 1) / step - 1e-9) + 1)]


def line(points: Iterable[Point]) -> str:
    return "M" + "L".join(_place(point) for point in points)


def band(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """The area between two lines that share their x."""
    return line([*upper, *reversed(lower)]) + "Z"


def stairs(points: Sequence[Point]) -> list[Point]:
    """The corners of a line that holds each value until the next."""
    corners = [points[0]]
    for x, y in points[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    return corners


def thin(points: Sequence[P], gap: float = CLOSEST) -> list[P]:
    """Leave out what lies closer than `gap` to the point before, from left to right."""
    kept = [points[0]]
    for point in points[1:-1]:
        if point[0] - kept[-1][0] >= gap:
            kept.append(point)
    return [*kept, *points[-1:]] if len(points) > 1 else kept


def _place(point: Point) -> str:
    x, y = (f"{value * BOX / 100:.0f}" for value in point)
    return f"{x},{y}"
