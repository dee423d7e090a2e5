"""What of some topics is to be written, with its texts on their way through the press."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from community.config import settings
from community.database import session
from community.forum.models import Topic
from community.identifiers import new_public_id
from community.importers.discourse.dump import Dump
from community.importers.discourse.marks import Neighbours
from community.importers.discourse.people import People
from community.importers.discourse.press import Press
from community.importers.discourse.rows import PostRow, TopicRow
from community.importers.discourse.texts import Setting, text_of
from community.markup import QuotedPost
from community.subjects import State
from community.texts.preparation import Prepared
from community.threads.models import Post, Thread


@dataclass
class Here:
    """A post of a topic, here or about to be; `post_id` is None until it is written."""

    public_id: str
    author_id: int
    shown: bool
    post_id: int | None = None


@dataclass
class Fresh:
    """A post to be written."""

    row: PostRow
    here: Here
    text: "Future[Prepared]"


@dataclass
class Planned:
    """A topic with posts to be written; `by_number` are those it has and those it will have."""

    row: TopicRow
    topic: Topic | None
    thread: Thread | None
    by_number: dict[int, Here]
    posts: list[Fresh] = field(default_factory=list)


def plan(dump: Dump, people: People, rows: Sequence[TopicRow], press: Press) -> list[Planned]:
    """Leave out what is here already; refuse what has no place."""
    known_posts = set(dump.origins.among("post", (str(p.id) for row in rows for p in row.posts)))
    known_topics = dump.origins.among("topic", (str(row.id) for row in rows))
    planned = []
    for row in rows:
        dump.report.known["topics"] += str(row.id) in known_topics
        posts = [post for post in row.posts if _is_new(dump, post, known_posts)]
        if posts:
            topic = _plan_one(dump, people, row, known_topics.get(str(row.id)), posts)
            _print(dump, people, topic, press)
            planned.append(topic)
    return planned


def _is_new(dump: Dump, post: PostRow, known: set[str]) -> bool:
    """Note it as known from now on: a post that is there twice is taken once."""
    new = str(post.id) not in known
    known.add(str(post.id))
    if not new:
        dump.report.known.update(
            posts=1,
            likes=post.likes,
            replies=post.reply_to is not None,
            accepted=post.accepted,
        )
    return new


def _plan_one(
    dump: Dump, people: People, row: TopicRow, topic_id: int | None, posts: Iterable[PostRow]
) -> Planned:
    topic = session.get(Topic, topic_id) if topic_id else None
    planned = Planned(row, topic, topic.thread if topic else None, posts_of(topic))
    for post in sorted(posts, key=lambda post: post.number):
        if post.number in planned.by_number:
            dump.report.refuse("posts", str(post.id), f"topic {row.id} has a post {post.number}")
        elif post.number > 1 and 1 not in planned.by_number:
            dump.report.refuse("posts", str(post.id), f"topic {row.id} has no first post")
        else:
            here = Here(new_public_id(), people.author_of(post), not post.hidden)
            planned.by_number[post.number] = here
            planned.posts.append(Fresh(post, here, Future()))
    if not planned.by_number:
        dump.report.refuse("topics", str(row.id), "it has no first post")
    return planned


def posts_of(topic: Topic | None) -> dict[int, Here]:
    if topic is None:
        return {}
    rows = session.execute(
        select(Post.number, Post.public_id, Post.author_id, Post.state, Post.id).where(
            Post.thread_id == topic.thread_id
        )
    )
    return {
        row.number: Here(row.public_id, row.author_id, row.state == State.PUBLISHED, row.id)
        for row in rows
    }


def _print(dump: Dump, people: People, planned: Planned, press: Press) -> None:
    own = {(planned.row.id, number): here for number, here in planned.by_number.items()}
    setting = setting_for(dump, people, planned.row.id, own)
    for fresh in planned.posts:
        fresh.text = press.take(partial(text_of, fresh.row, setting))


def setting_for(
    dump: Dump, people: People, topic_id: int, posts: dict[tuple[int, int], Here]
) -> Setting:
    """For the texts of a topic; `posts` are those within reach, by their topic and number."""

    def post(topic: int | None, number: int) -> str | None:
        found = posts.get((topic or topic_id, number))
        return found.public_id if found and found.shown else None

    quoted = {
        here.public_id: QuotedPost(f"/posts/{here.public_id}", people.names.get(here.author_id, ""))
        for here in posts.values()
    }
    around = Neighbours(post, people.called, dump.address)
    return Setting(people, around, quoted, settings().base_url)
