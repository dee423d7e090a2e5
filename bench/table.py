"""The table that is printed: row, measured, budget, met or not."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """`value` is what was compared with the budget, `cpu` the ratio of CPU time, where there is."""

    name: str
    measured: str
    budget: str
    met: bool | None = None
    value: float | None = None
    cpu: float | None = None


def as_text(rows: Sequence[Row]) -> str:
    widths = [max(len(getattr(row, column)) for row in rows) for column in COLUMNS]
    lines = []
    for row in rows:
        cells = [
            getattr(row, column).ljust(width) for column, width in zip(COLUMNS, widths, strict=True)
        ]
        lines.append("  ".join([*cells, {True: "yes", False: "no", None: ""}[row.met]]).rstrip())
    return "\n".join(lines)


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=1)


COLUMNS = ("name", "measured", "budget")
