"""Topics as they are found: the title over the text of the opening post."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.forum.events import TopicStarted
from community.forum.models import Topic
from community.search.documents import Document
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.texts.models import Text
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
        yield Document(
            kind="topic",
            id=topic.id,
            public_id=topic.public_id,
            title=topic.title,
            body=plain,
            author=topic.author.username or "",
            audience_id=topic.audience_id,
            created_at=topic.created_at,
            state=topic.state,
            space=topic.space.slug,
            status=_status(topic),
            language=language,
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


SUBSCRIPTIONS = reindexed_by({TopicStarted: lambda event: [("topic", event.topic_id)]})
