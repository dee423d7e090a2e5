"""What happens with tags."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class TagsChanged(Event):
    """The tags of a subject are others now; the keys of those added and taken."""

    subject_kind: str
    subject_id: int
    added: list[int]
    taken: list[int]
