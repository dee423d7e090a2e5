"""What happens with notices."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class MailChoiceChanged(Event):
    """A member wants, or no longer wants, a kind of notice by mail."""

    kind: str
    wanted: bool
