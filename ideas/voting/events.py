"""What happens with votes."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class IdeaVoted(Event):
    """A member put their vote behind an idea."""

    idea_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class VoteWithdrawn(Event):
    """A member took their vote back."""

    idea_id: int
    author_id: int
