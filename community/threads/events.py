"""What happens in threads."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class PostWritten(Event):
    """A post was written.

    `subject_kind`/`subject_id` are those of the thread. `opening`: it is the first post of a topic.
    `to_post_id`/`to_member_id`: the post it addresses, which is the one it explicitly replies to,
    else the opening one, and that post's author.
    """

    post_id: int
    thread_id: int
    subject_kind: str
    subject_id: int
    opening: bool = False
    to_post_id: int | None = None
    to_member_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PostEdited(Event):
    """Its text changed; `revision` is the new number."""

    post_id: int
    thread_id: int
    author_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class PostDeleted(Event):
    """It was taken away, by its author or a moderator."""

    post_id: int
    thread_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PostRestored(Event):
    """It is back, from deletion or from being hidden."""

    post_id: int
    thread_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PostHidden(Event):
    """It was put out of sight until a moderator decides."""

    post_id: int
    thread_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PostRead(Event):
    """A member had posts of a thread before their eyes; recorded through the buffer."""

    thread_id: int
    subject_kind: str
    subject_id: int
    up_to: int


@dataclass(frozen=True, kw_only=True)
class ThreadLookedAt(Event):
    """A page of the thread was in sight this long, as the browser tells; no reading of its own."""

    thread_id: int
    subject_kind: str
    subject_id: int
    visible_seconds: int
