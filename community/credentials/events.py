"""What happens to credentials."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberConfirmed(Event):
    """A member showed that an e-mail address is theirs."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberSignedIn(Event):
    """A member signed in."""


@dataclass(frozen=True, kw_only=True)
class MemberSignedOut(Event):
    """A member ended a sign-in, here or from afar."""


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A member has a new password: `reset` if through a link by mail."""

    member_id: int
    reset: bool = False


@dataclass(frozen=True, kw_only=True)
class TokenMade(Event):
    """A member made a key for programs."""

    scopes: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A member took a key for programs back."""
