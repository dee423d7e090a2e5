"""What happens with watches."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class WatchChanged(Event):
    """A member chose how much to hear of something; `level` is the new one."""

    changes = "nothing"

    subject_kind: str
    subject_id: int
    level: str
