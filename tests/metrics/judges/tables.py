"""An installation as the judge reads it: straight from its tables, with the standard library."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.metrics.judges.table_rest import TheRest
from tests.metrics.judges.verdicts import Said, World

WEEK = timedelta(days=7)
GONE = {
    "PostDeleted": "post",
    "PostHidden": "post",
    "TopicDeleted": "topic",
    "TopicHidden": "topic",
    "IdeaRemoved": "idea",
    "IdeaWithdrawn": "idea",
    "PageDeleted": "page",
    "PageHidden": "page",
    "ArticleDeleted": "article",
    "ArticleHidden": "article",
    "ArticleUnpublished": "article",
}
CONTRIBUTED = {"IdeaProposed": "idea", "PageCreated": "page", "ArticlePublished": "article"}
ACTED = {
    "AnswerAccepted",
    "ArticleRevised",
    "IdeaEdited",
    "IdeaOpened",
    "IdeaVoted",
    "PageRevised",
    "PostEdited",
    "PostRead",
    "ReactionGiven",
    "SearchResultOpened",
    "TagsChanged",
    "TopicRetitled",
}
POSTS = """
SELECT post.id, post.state, post.author_id, post.created_at, post.number, post.thread_id,
       thread.subject_kind, thread.subject_id, thread.purpose, audience.external,
       answered.author_id, thread.author_id, topic.kind, topic.state
FROM post
JOIN thread ON thread.id = post.thread_id
JOIN audience ON audience.id = post.audience_id
LEFT JOIN post AS answered ON answered.id = post.reply_to_id
LEFT JOIN topic ON topic.thread_id = thread.id
WHERE thread.subject_kind IN ('topic', 'idea', 'article', 'page', 'release')
ORDER BY post.id
"""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(database: Path) -> World:
    connection = sqlite3.connect(database)
    people = connection.execute("SELECT id, segment FROM member WHERE segment <> 'bot'")
    world = World({str(key): segment for key, segment in people})
    events = [
        (name, str(actor), moment(at), json.loads(payload))
        for name, actor, at, payload in connection.execute(
            "SELECT name, actor_id, occurred_at, payload FROM event ORDER BY id"
        )
    ]
    gone = {
        (GONE[name], payload[f"{GONE[name]}_id"]): at
        for name, _, at, payload in events
        if name in GONE
    }
    gone |= {
        (payload["subject_kind"], payload["subject_id"]): at
        for name, _, at, payload in events
        if name == "SubjectHidden"
    }

    def stayed(kind: str, key: int, made: datetime, state: str = "hidden") -> bool:
        """Published now, or gone no sooner than a week after."""
        left = gone.get((kind, key))
        return state == "published" or left is None or left - made > WEEK

    for row in connection.execute(POSTS):
        _read_post(world, row, stayed)
    for name, actor, at, payload in events:
        if name in ACTED:
            world.other_acts.append((actor, at))
        elif name in CONTRIBUTED:
            kind = CONTRIBUTED[name]
            if stayed(kind, payload[f"{kind}_id"], at):
                world.other_contributions.append((actor, at))
    TheRest(world, connection, events, stayed).read()
    connection.close()
    return world


def _read_post(world: World, row: tuple, stayed) -> None:
    key, state, author, at, number, thread, kind, subject, purpose = row[:9]
    external, answered, owner, topic_kind, topic_state = row[9:]
    made = moment(at)
    if not stayed("post", key, made, state):
        return
    if kind == "topic" and not stayed("topic", subject, made, topic_state):
        return
    opening = kind == "topic" and number == 1 and not purpose
    to = None if opening else str(answered or owner)
    world.said.append(Said(str(thread), str(author), made, to, key))
    if not external:
        world.internal_topics.add(str(thread))
    if topic_kind == "announcement":
        world.answered_by_nobody.add(str(thread))
