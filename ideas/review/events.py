"""What product managers say and decide."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class IdeaStatusChanged(Event):
    """An idea moved from one status to another; `response_id` is the reason given, if any."""

    idea_id: int
    change_id: int
    from_status: str
    to_status: str
    response_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IdeaStatusChangeUndone(Event):
    """The move was taken back within ten minutes: nobody is told of it any more."""

    idea_id: int
    change_id: int
    from_status: str
    to_status: str


@dataclass(frozen=True, kw_only=True)
class IdeaAnswered(Event):
    """A product manager gave the official answer, without or together with a new status."""

    idea_id: int
    response_id: int
    author_id: int
