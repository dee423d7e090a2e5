"""What happens with attachments."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class FileAttached(Event):
    """A member sent a file."""

    changes = "nothing"

    attachment_id: int
    media_type: str
    size: int
