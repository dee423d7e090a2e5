"""The table that is printed: what was measured, what it was to be, and whether it is."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

AS_FAST = 0.9


@dataclass(frozen=True)
class Row:
    """`rate` and `cpu` are parts of hello's, where there are any; `verdict` is empty where nothing
    was asked for.
    """

    name: str
    measured: str
    budget: str = ""
    verdict: str = ""
    remarks: str = ""
    rate: float | None = None
    cpu: float | None = None


def at_most(name: str, value: float, most: float, unit: str = "", remarks: str = "") -> Row:
    digits = 0 if value == int(value) else 1
    said, budget = f"{value:.{digits}f} {unit}".strip(), f"≤ {most:g} {unit}".strip()
    return Row(name, said, budget, verdict(value <= most), remarks)


def verdict(met: bool) -> str:
    return "PASS" if met else "miss"


def part_of_hello(name: str, rate: float, cpu: float, budget: float, remarks: str) -> Row:
    """It has to reach the budget both ways: by rate and by the workers' CPU time."""
    missed = [how for how, value in (("rate", rate), ("CPU", cpu)) if value < budget]
    said = {0: "PASS", 1: f"miss ({''.join(missed)})"}.get(len(missed), "miss")
    return Row(name, _both(rate, cpu), f"≥ {budget:.2f}", said, remarks, rate, cpu)


def whatever_comes(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    """What fails is a row, and not the end of the table."""
    try:
        yield from rows
    except Exception as error:
        yield failed(name, error)


def failed(name: str, error: Exception) -> Row:
    said = " ".join(f"{type(error).__name__}: {error}".replace("|", "/").split())
    return Row(name, "failed", verdict="miss", remarks=said[:300])


def beside(rows: Sequence[Row], smaller: Path) -> Iterator[Row]:
    """How the same pages did in the standard world, from the table that was kept of it."""
    known = {one["name"]: one for one in json.loads(smaller.read_text())}
    for row in rows:
        before = known.get(row.name, {})
        if row.rate and row.cpu and before.get("rate") and before.get("cpu"):
            rate, cpu = row.rate / before["rate"], row.cpu / before["cpu"]
            name = f"{row.name}: of what it is in the standard world"
            yield Row(name, _both(rate, cpu), f"≥ {AS_FAST}", verdict(min(rate, cpu) >= AS_FAST))


def _both(rate: float, cpu: float) -> str:
    return f"{_short(rate)} · {_short(cpu)}"


def _short(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def as_text(rows: Iterable[Row]) -> str:
    lines = [HEAD, tuple("---" for _column in HEAD)]
    lines += [(row.name, row.measured, row.budget, row.verdict, row.remarks) for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def keep(rows: Sequence[Row], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1))


HEAD = ("work", "measured", "budget", "verdict", "remarks")
