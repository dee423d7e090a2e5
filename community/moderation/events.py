"""What happens in moderation."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class SubjectFlagged(Event):
    """A member flagged something; `hid`: with this flag it went out of sight."""

    changes = "nothing"

    case_id: int
    subject_kind: str
    subject_id: int
    reason: str
    hid: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """A moderator upheld or rejected the flags."""

    case_id: int
    subject_kind: str
    subject_id: int
    decision: str


@dataclass(frozen=True, kw_only=True)
class DecisionAppealed(Event):
    """The author objects."""

    changes = "nothing"

    case_id: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Somebody looked again."""

    case_id: int
    granted: bool


@dataclass(frozen=True, kw_only=True)
class SubjectHidden(Event):
    """A subject other than a post went out of sight."""

    subject_kind: str
    subject_id: int


@dataclass(frozen=True, kw_only=True)
class SubjectRestored(Event):
    """It is back."""

    subject_kind: str
    subject_id: int
