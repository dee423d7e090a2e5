"""What happens in the search box; recorded through the buffer."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class SearchDone(Event):
    """A page of results was shown: which, in their order, and of how many.

    `search` names the search, so that what is opened from it can be told.
    """

    search: str
    total: int
    shown: tuple[tuple[str, int], ...] = ()
    partial: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchMissed(Event):
    """These words found nothing. Nobody's name is kept beside them."""

    words: str


@dataclass(frozen=True, kw_only=True)
class SearchResultOpened(Event):
    """A result was opened from its place in the list; the first place is 1."""

    search: str
    subject_kind: str
    subject_id: int
    place: int
