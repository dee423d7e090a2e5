"""What happens to releases."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ReleasePlanned(Event):
    """A version was named."""

    release_id: int


@dataclass(frozen=True, kw_only=True)
class ReleasePublished(Event):
    """It is out."""

    release_id: int
