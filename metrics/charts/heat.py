"""A matrix to be read: a table of counts whose cells are darker the larger their share."""

from collections.abc import Sequence
from dataclasses import dataclass

# From which share on a cell has which shade.
SHADES = (0.0001, 0.1, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Cell:
    """`shade` 0 is blank, 5 the darkest; `stays`: from a thing to itself."""

    text: str
    share: str
    shade: int
    stays: bool


@dataclass(frozen=True)
class Head:
    """Of a row or a column; where there is no room for names, the `number` stands alone."""

    name: str
    number: str = ""


@dataclass(frozen=True)
class HeatRow:
    """Without cells `note` says why."""

    head: Head
    total: str
    cells: Sequence[Cell]
    note: str = ""


@dataclass(frozen=True)
class Heat:
    summary: str
    corner: str
    columns: Sequence[Head]
    total: str
    rows: Sequence[HeatRow]


def shade(share: float) -> int:
    return sum(share >= least for least in SHADES)
