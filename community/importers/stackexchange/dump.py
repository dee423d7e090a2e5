"""One dump on its way in: where it is read from, what is known of it, what is told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from community.importers.origins import Origins
from community.importers.report import Report


@dataclass
class Dump:
    """`employees` holds the external ids of members who are employees."""

    folder: Path
    space_id: int
    origins: Origins
    employees: frozenset[str]
    progress: Callable[[str, int], None]
    report: Report = field(default_factory=Report)
