"""Planned topics and posts as rows: a statement for each table, whatever their number."""

from typing import Any

from slugify import slugify
from sqlalchemy import bindparam, insert, select, update

from community.database import Base, session, write_transaction
from community.forum.models import Topic, TopicKind
from community.identifiers import new_public_id
from community.importers.counting import count_threads
from community.importers.discourse.dump import Dump
from community.importers.discourse.planning import Fresh, Planned
from community.importers.discourse.spaces import space_of
from community.importers.discourse.telling import tell
from community.sending import insert_once
from community.subjects import State
from community.tagging.models import Tag, Tagging
from community.texts.models import Mention, Revision, Text
from community.threads.models import Post, Thread


def write(dump: Dump, topics: list[Planned]) -> None:
    """All of it in one transaction, or nothing."""
    topics = [topic for topic in topics if topic.posts]
    if not topics:
        return
    with write_transaction():
        new = [topic for topic in topics if topic.topic is None]
        _write_topics(dump, new)
        _write_posts(dump, topics)
        session.flush()
        count_threads([topic.thread.id for topic in topics if topic.thread])
        tell(dump, topics, {topic.row.id for topic in new})
    dump.progress("posts", sum(len(topic.posts) for topic in topics))


def _write_topics(dump: Dump, new: list[Planned]) -> None:
    for planned in new:
        planned.topic = _topic(dump, planned)
    session.add_all([planned.topic for planned in new])
    session.flush()
    for planned in new:
        planned.thread = _new_thread(planned)
    session.add_all([planned.thread for planned in new])
    session.flush()
    for planned in new:
        assert planned.topic and planned.thread
        planned.topic.thread_id = planned.thread.id
        _set_tags(planned.topic, planned.row.tags)
    dump.origins.note("topic", "topic", {str(p.row.id): p.topic.id for p in new if p.topic})
    dump.report.written["topics"] += len(new)


def _topic(dump: Dump, planned: Planned) -> Topic:
    row, opening = planned.row, planned.posts[0]
    space = space_of(dump, row.category_id)
    return Topic(
        space_id=space.id,
        audience_id=space.audience_id,
        state=State.PUBLISHED if row.visible else State.HIDDEN,
        author_id=opening.here.author_id,
        kind=TopicKind.QUESTION if space.questions or row.solved else TopicKind.DISCUSSION,
        title=row.title,
        slug=slugify(row.slug, max_length=80) or "-",
        created_at=opening.row.at,
        active_at=opening.row.at,
    )


def _new_thread(planned: Planned) -> Thread:
    topic = planned.topic
    assert topic
    return Thread(
        subject_kind="topic",
        subject_id=topic.id,
        space_id=topic.space_id,
        audience_id=topic.audience_id,
        state=topic.state,
        author_id=topic.author_id,
        created_at=topic.created_at,
        view_count=planned.row.views,
        locked_at=max(post.row.at for post in planned.posts) if planned.row.closed else None,
    )


def _set_tags(topic: Topic, names: tuple[str, ...]) -> None:
    for name in names:
        insert_once(
            Tag, public_id=new_public_id(), name=name, about="", created_at=topic.created_at
        )
        tag_id = session.scalars(select(Tag.id).where(Tag.name == name)).one()
        insert_once(Tagging, tag_id=tag_id, subject_kind="topic", subject_id=topic.id)


def _write_posts(dump: Dump, topics: list[Planned]) -> None:
    pairs = [(topic, fresh) for topic in topics for fresh in topic.posts]
    texts = _write_texts([fresh for _, fresh in pairs])
    rows = [_post(*pair, text) for pair, text in zip(pairs, texts, strict=True)]
    posts = session.scalars(insert(Post).returning(Post.id, sort_by_parameter_order=True), rows)
    written = {}
    for (_, fresh), key in zip(pairs, posts, strict=True):
        fresh.here.post_id = written[str(fresh.row.id)] = key
    dump.origins.note("post", "post", written)
    dump.report.written.update(posts=len(pairs), likes=sum(fresh.row.likes for _, fresh in pairs))
    _set(Text, "subject_id", dict(zip(texts, written.values(), strict=True)))
    _set(Post, "reply_to_id", _replies(dump, pairs))


def _write_texts(posts: list[Fresh]) -> list[int]:
    """The texts' keys, in the order of the posts."""
    rows = [_text(fresh) for fresh in posts]
    added = session.scalars(insert(Text).returning(Text.id, sort_by_parameter_order=True), rows)
    keys = list(added)
    session.execute(insert(Revision), [_revision(*pair) for pair in zip(posts, keys, strict=True)])
    mentions = [
        {"text_id": key, "member_id": member}
        for fresh, key in zip(posts, keys, strict=True)
        for member in dict.fromkeys(fresh.text.result().mentioned)
    ]
    if mentions:
        session.execute(insert(Mention), mentions)
    return keys


def _text(fresh: Fresh) -> dict[str, Any]:
    prepared = fresh.text.result()
    return {
        "subject_kind": "post",
        "source": prepared.source,
        "format": prepared.format,
        "language": prepared.language,
        "html": prepared.rendered.html,
        "plain": prepared.rendered.plain,
        "renderer": str(prepared.rendered.renderer),
    }


def _revision(fresh: Fresh, text_id: int) -> dict[str, Any]:
    prepared = fresh.text.result()
    return {
        "text_id": text_id,
        "number": 1,
        "source": prepared.source,
        "format": prepared.format,
        "author_id": fresh.here.author_id,
        "at": fresh.row.at,
    }


def _post(planned: Planned, fresh: Fresh, text_id: int) -> dict[str, Any]:
    thread = planned.thread
    assert thread
    return {
        "public_id": fresh.here.public_id,
        "thread_id": thread.id,
        "space_id": thread.space_id,
        "audience_id": thread.audience_id,
        "number": fresh.row.number,
        "text_id": text_id,
        "state": State.PUBLISHED if fresh.here.shown else State.HIDDEN,
        "author_id": fresh.here.author_id,
        "created_at": fresh.row.at,
        "tally": fresh.row.likes,
    }


def _replies(dump: Dump, pairs: list[tuple[Planned, Fresh]]) -> dict[int, int]:
    """Post → the post it replies to, by key."""
    found: dict[int, int] = {}
    for planned, fresh in pairs:
        if fresh.row.reply_to is None:
            continue
        to = planned.by_number.get(fresh.row.reply_to)
        if to is None or to is fresh.here:
            why = f"post {fresh.row.reply_to} of topic {planned.row.id} is not here"
            dump.report.refuse("replies", str(fresh.row.id), why)
        else:
            assert fresh.here.post_id and to.post_id
            found[fresh.here.post_id] = to.post_id
    dump.report.written["replies"] += len(found)
    return found


def _set(model: type[Base], column: str, values: dict[int, int]) -> None:
    """One column of many rows, by key."""
    if values:
        table = Base.metadata.tables[model.__tablename__]
        session.execute(
            update(table).where(table.c.id == bindparam("row")).values({column: bindparam("to")}),
            [{"row": row, "to": to} for row, to in values.items()],
        )
