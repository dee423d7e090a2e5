"""What happens to the revisions of texts."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class RevisionHidden(Event):
    """A moderator took a revision out of sight."""

    subject_kind: str
    subject_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class RevisionShown(Event):
    """It can be seen again."""

    subject_kind: str
    subject_id: int
    number: int
