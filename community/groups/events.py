"""What happens to groups."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupCreated(Event):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event):
    """Its name, description, rule of joining or visibility changed."""

    changes = "the house"

    group_id: int


@dataclass(frozen=True, kw_only=True)
class GroupJoinRequested(Event):
    group_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Event):
    """A member came into a group: by themselves, admitted or invited by the actor."""

    group_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Event):
    """A member left a group, or the actor took them out."""

    group_id: int
    member_id: int
