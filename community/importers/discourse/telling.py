"""What happened, at the time it happened: topics opened, posts written, answers accepted."""

from collections.abc import Iterable
from datetime import datetime

from community.database import session
from community.events import Event, emit_all
from community.forum.events import AnswerAccepted, TopicStarted
from community.forum.models import TopicKind
from community.importers.discourse.dump import Dump
from community.importers.discourse.planning import Fresh, Planned
from community.threads.events import PostWritten


def tell(dump: Dump, topics: Iterable[Planned], new: set[int]) -> None:
    """Joins the transaction in which they were written; `new` are the topics it opened."""
    told: list[tuple[Event, datetime]] = []
    for planned in topics:
        if planned.row.id in new:
            told.append((_started(planned), planned.posts[0].row.at))
        for fresh in planned.posts:
            told.append((_written(planned, fresh), fresh.row.at))
            if fresh.row.accepted and _accept(dump, planned, fresh):
                told.append((_accepted(planned, fresh), fresh.row.at))
    session.flush()
    emit_all([event for event, _ in told], at=[at for _, at in told])


def _started(planned: Planned) -> Event:
    topic = planned.topic
    assert topic and topic.thread_id
    return TopicStarted(
        actor_id=topic.author_id,
        space_id=topic.space_id,
        audience_id=topic.audience_id,
        topic_id=topic.id,
        thread_id=topic.thread_id,
        kind=topic.kind,
    )


def _written(planned: Planned, fresh: Fresh) -> Event:
    """It addresses the post it replies to, else the one that opened the topic."""
    thread, opening = planned.thread, fresh.row.number == 1
    assert thread and fresh.here.post_id
    addressed = planned.by_number.get(fresh.row.reply_to or 1) or planned.by_number[1]
    if addressed is fresh.here:
        addressed = planned.by_number[1]
    return PostWritten(
        actor_id=fresh.here.author_id,
        space_id=thread.space_id,
        audience_id=thread.audience_id,
        post_id=fresh.here.post_id,
        thread_id=thread.id,
        subject_kind=thread.subject_kind,
        subject_id=thread.subject_id,
        opening=opening,
        to_post_id=None if opening else addressed.post_id,
        to_member_id=None if opening else addressed.author_id,
    )


def _accept(dump: Dump, planned: Planned, fresh: Fresh) -> bool:
    """The question's own word, as far as anybody knows; a second one is refused."""
    topic, wrong = planned.topic, ""
    assert topic
    if topic.accepted_post_id:
        wrong = f"topic {planned.row.id} has an accepted answer already"
    elif fresh.row.number == 1 or not fresh.here.shown:
        wrong = "it opens the topic, or is hidden, and answers nothing"
    if wrong:
        dump.report.refuse("accepted", str(fresh.row.id), wrong)
        return False
    topic.kind = TopicKind.QUESTION
    topic.accepted_post_id, topic.accepted_at = fresh.here.post_id, fresh.row.at
    topic.accepted_by_id = topic.author_id
    dump.report.written["accepted"] += 1
    return True


def _accepted(planned: Planned, fresh: Fresh) -> Event:
    topic = planned.topic
    assert topic and fresh.here.post_id and topic.thread_id
    return AnswerAccepted(
        actor_id=topic.author_id,
        space_id=topic.space_id,
        audience_id=topic.audience_id,
        topic_id=topic.id,
        thread_id=topic.thread_id,
        post_id=fresh.here.post_id,
        to_member_id=fresh.here.author_id,
    )
