"""What stands behind a number: references that a page resolves for its viewer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A topic, a post, or a person with one of their posts; ids as the database has them."""

    topic_id: int | None = None
    post_id: int | None = None
    member_id: int | None = None
    thread_id: int = 0
