"""What happens to topics."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicStarted(Event):
    """A topic was opened. `kind`: discussion, question or announcement."""

    topic_id: int
    thread_id: int
    kind: str
