"""What happens to ideas, and what was shown of them."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class IdeaProposed(Event):
    """An idea was proposed on a board, whose key is `space_id`."""

    idea_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaEdited(Event):
    """Its title or text changed; `revision` is the number of the text's last revision."""

    idea_id: int
    author_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class IdeaWithdrawn(Event):
    """Its author took it away, before anybody else had voted for it."""

    idea_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaRemoved(Event):
    """A moderator took it away."""

    idea_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaRestored(Event):
    """It is back, with the status it had."""

    idea_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeasShown(Event):
    """These ideas were shown, in this order; the first stood at `first_rank`.

    `list`: trending, top, new, roadmap, home or similar.
    """

    list: str
    ideas: tuple[int, ...]
    first_rank: int = 1


@dataclass(frozen=True, kw_only=True)
class IdeaOpened(Event):
    """An idea's page was opened; `found_in` names the list it was opened from, if it is known."""

    idea_id: int
    found_in: str


@dataclass(frozen=True, kw_only=True)
class DuplicatesShown(Event):
    """Somebody who was writing an idea was shown these ones like it."""

    ideas: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DuplicateAccepted(Event):
    """They took one of them for their own and voted for it instead."""

    idea_id: int
