"""Topics as they are found: the title over the text of the opening post."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.events import Event
from community.forum.events import (
    AnswerAccepted,
    AnswerUnaccepted,
    TopicDeleted,
    TopicHidden,
    TopicLocked,
    TopicMoved,
    TopicRestored,
    TopicRetitled,
    TopicStarted,
    TopicUnlocked,
)
from community.forum.models import Topic
from community.search.documents import Document, Key, document_of
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.texts.models import Text
from community.threads.documents import posts_of
from community.threads.models import Post


@indexed("topic", Topic)
def topics(ids: list[int]) -> Iterable[Document]:
    found = session.scalars(
        select(Topic)
        .where(Topic.id.in_(ids))
        .options(joinedload(Topic.author), joinedload(Topic.space), joinedload(Topic.thread))
    ).all()
    openings = _openings(topic.thread_id for topic in found)
    for topic in found:
        plain, language = openings.get(topic.thread_id, ("", ""))
        yield document_of(
            "topic",
            topic,
            body=plain,
            language=language,
            status=_status(topic),
            popularity=topic.view_count,
        )


def _openings(thread_ids: Iterable[int | None]) -> dict[int | None, tuple[str, str]]:
    """Text and language of the first post of each thread; nothing if it was taken away."""
    first = (
        select(Post.thread_id, Text.plain, Text.language)
        .join(Text, Text.id == Post.text_id)
        .where(Post.thread_id.in_(list(thread_ids)), Post.number == 1, Post.state == "published")
    )
    return {row.thread_id: (row.plain, row.language) for row in session.execute(first)}


def _status(topic: Topic) -> str:
    if topic.accepted_post_id:
        return "solved"
    return "closed" if topic.thread.locked_at else "open"


def _topic(event: Event) -> list[Key]:
    return [("topic", event.topic_id)]  # type: ignore[attr-defined]


def _topic_and_posts(event: Event) -> list[Key]:
    """Posts are found under the topic's title, in its place and as long as it is published."""
    topic_id: int = event.topic_id  # type: ignore[attr-defined]
    return [("topic", topic_id), *posts_of("topic", topic_id)]


SUBSCRIPTIONS = reindexed_by(
    {
        TopicStarted: _topic,
        TopicLocked: _topic,
        TopicUnlocked: _topic,
        AnswerAccepted: _topic,
        AnswerUnaccepted: _topic,
        TopicRetitled: _topic_and_posts,
        TopicMoved: _topic_and_posts,
        TopicHidden: _topic_and_posts,
        TopicDeleted: _topic_and_posts,
        TopicRestored: _topic_and_posts,
    }
)
