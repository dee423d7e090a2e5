"""What happens to pages."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class PageCreated(Event):
    """A page was begun in a wiki, whose key is `space_id`."""

    page_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class PageRevised(Event):
    """Its text changed, or its title (`retitled`); `revision` is the text's last one."""

    page_id: int
    author_id: int
    revision: int
    retitled: bool = False


@dataclass(frozen=True, kw_only=True)
class PageMoved(Event):
    """It stands at another path, alone or with the page above it."""

    page_id: int


@dataclass(frozen=True, kw_only=True)
class PageDeleted(Event):
    """It was taken away, by its author or a moderator."""

    page_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PageRestored(Event):
    """It is back, from deletion or from being hidden."""

    page_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PageHidden(Event):
    """It was put out of sight until a moderator decides."""

    page_id: int
    author_id: int
