"""What happens to spaces."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class SpaceCreated(Event):
    """A space was opened; `space_id` is its key."""

    changes = "the house"


@dataclass(frozen=True, kw_only=True)
class SpaceChanged(Event):
    """Its name, description, place or audience changed."""

    changes = "the house"
