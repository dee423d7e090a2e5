"""What happens with reactions."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ReactionGiven(Event):
    """A member reacted to what `to_member_id` wrote."""

    reaction: str
    subject_kind: str
    subject_id: int
    to_member_id: int


@dataclass(frozen=True, kw_only=True)
class ReactionWithdrawn(Event):
    """A member took a reaction back."""

    reaction: str
    subject_kind: str
    subject_id: int
    to_member_id: int
