"""What happens to topics."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicStarted(Event):
    """A topic was opened. `kind`: discussion, question or announcement."""

    topic_id: int
    thread_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    """A post by `to_member_id` was accepted as the answer to the question."""

    topic_id: int
    thread_id: int
    post_id: int
    to_member_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(Event):
    """The accepted answer is one no longer."""

    topic_id: int
    thread_id: int
    post_id: int
    to_member_id: int


@dataclass(frozen=True, kw_only=True)
class TopicRetitled(Event):
    """Its title changed."""

    topic_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class TopicLocked(Event):
    """Only those who moderate can answer from now on."""

    topic_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class TopicUnlocked(Event):
    """Everybody who could answer can again."""

    topic_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class TopicPinned(Event):
    """It stands first in its space's lists until then (ISO)."""

    topic_id: int
    thread_id: int
    until: str


@dataclass(frozen=True, kw_only=True)
class TopicUnpinned(Event):
    """It stands where its activity puts it."""

    topic_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class TopicMoved(Event):
    """It went to another space, which `space_id` and `audience_id` are."""

    topic_id: int
    thread_id: int
    from_space_id: int


@dataclass(frozen=True, kw_only=True)
class TopicDeleted(Event):
    """It was taken away with all its posts, by its author or a moderator."""

    topic_id: int
    thread_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class TopicRestored(Event):
    """It is back."""

    topic_id: int
    thread_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class TopicHidden(Event):
    """It was put out of sight until a moderator decides."""

    topic_id: int
    thread_id: int
    author_id: int
