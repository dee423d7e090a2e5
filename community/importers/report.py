"""What an import read, wrote and refused, row by row."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by kind; `refused` names each row that was not taken, and why."""

    read: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str, str]] = field(default_factory=list)

    def refuse(self, kind: str, external_id: str, reason: str) -> None:
        self.refused.append((kind, external_id, reason))

    def lines(self) -> list[str]:
        """The report as text: a line a kind, then a line for each refused row."""
        kinds = sorted(self.read.keys() | self.written.keys())
        table = [
            f"{kind:<12} read {self.read[kind]:>7,}  written {self.written[kind]:>7,}  "
            f"already here {self.known[kind]:>7,}  refused {self._refused(kind):>5,}"
            for kind in kinds
        ]
        return table + [f"refused {kind} {row}: {why}" for kind, row, why in self.refused]

    def _refused(self, kind: str) -> int:
        return sum(1 for refused, _, _ in self.refused if refused == kind)
