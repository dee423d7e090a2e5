"""One file on its way in: where it is read from, what is known of it, what is told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from community.importers.origins import Origins
from community.importers.report import Report


@dataclass
class Dump:
    """`employees` holds user ids; `address` is where the forum stood, without a final slash.

    `solving` are the categories in which answers are accepted, `spaces` what each became.
    """

    path: Path
    name: str
    origins: Origins
    employees: frozenset[str]
    address: str
    progress: Callable[[str, int], None]
    report: Report = field(default_factory=Report)
    solving: set[int] = field(default_factory=set)
    spaces: dict[int, int] = field(default_factory=dict)
