"""What a chart consists of, whatever it shows."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """A word beside an axis; a minor one goes first where there is little room."""

    at: float
    text: str
    minor: bool = False


@dataclass(frozen=True)
class Path:
    """A line or an area in the stretched box; `look` is its class: line, line-open, band, even."""

    d: str
    look: str


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    look: str = "bar"


@dataclass(frozen=True)
class Note:
    """A word at a point of the plot; `look` says which way it hangs and how loud it is."""

    x: float
    y: float
    text: str
    look: str
    minor: bool = False


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Key:
    """What one shade of the drawing means; `look` is the class of the bars it explains."""

    text: str
    look: str


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A chart with the sentence that stands for it and the table behind it."""

    summary: str
    table: Table
    x_ticks: Sequence[Tick] = ()
    y_ticks: Sequence[Tick] = ()
    paths: Sequence[Path] = ()
    bars: Sequence[Bar] = ()
    guides: Sequence[float] = ()
    dots: Sequence[Dot] = ()
    notes: Sequence[Note] = ()
    below: Sequence[Tick] = ()
    below_name: str = ""
    key: Sequence[Key] = ()
    look: str = "wide"


@dataclass(frozen=True)
class Missing:
    """Why there is no chart yet, and what it takes."""

    sentence: str
