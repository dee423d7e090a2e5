"""When the last backup was made here, and what `doctor` says about that."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from community import clock
from community.backup.creating import Made, backups
from community.config import settings
from community.diagnoses import diagnosis, remark

OLD = timedelta(days=7)


@dataclass(frozen=True)
class Last:
    at: datetime
    path: Path


def note(made: Made) -> None:
    """Remember it here, wherever it was written to."""
    told = {"at": made.manifest.created_at.isoformat(), "path": str(made.path)}
    draft = _note().with_suffix(".new")
    draft.write_text(json.dumps(told))
    draft.replace(_note())


def last() -> Last | None:
    with suppress(OSError, ValueError, KeyError):
        told = json.loads(_note().read_text())
        return Last(datetime.fromisoformat(told["at"]), Path(told["path"]))
    return None


@remark
def age_of_the_last_backup() -> str:
    made = last()
    if made is None:
        return "no backup was made here yet: `flask backup create`"
    return f"the last backup is {_told(clock.now() - made.at)} old: {made.path}"


@diagnosis("there is a backup of this week")
def is_backed_up() -> Iterable[str]:
    """Asked in production alone: what is only tried out need not be kept."""
    if not settings().production:
        return
    made = last()
    if made is None or clock.now() - made.at > OLD:
        yield age_of_the_last_backup()


def _told(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _note() -> Path:
    return backups() / "last.json"
