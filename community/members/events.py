"""What happens to members."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """A member began to exist: after confirming, by invitation, from the console or an import."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """Name, headline, text or picture changed; `renamed` if the username or the name did."""

    changes = "the house"

    member_id: int
    renamed: bool = False


@dataclass(frozen=True, kw_only=True)
class SegmentChanged(Event):
    """What happened before keeps the segment it was stamped with."""

    changes = "the house"

    member_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class BelongingChanged(Event):
    """The member's organization or unit changed."""

    changes = "the house"

    member_id: int
    organization_before: int | None
    organization_after: int | None
    unit_before: int | None
    unit_after: int | None


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    """Site-wide roles were given or taken."""

    changes = "the house"

    member_id: int
    before: list[str]
    after: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberSuspended(Event):
    changes = "the house"

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberReactivated(Event):
    changes = "the house"

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberErased(Event):
    """The person left; the number stays."""

    changes = "the house"

    member_id: int
