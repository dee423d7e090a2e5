"""What happens to credentials."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberSignedIn(Event):
    """A member signed in."""


@dataclass(frozen=True, kw_only=True)
class MemberSignedOut(Event):
    """A member signed out, here or from afar."""
