"""Accepted answers: a question has one or none."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from community import clock
from community.database import action, session
from community.errors import Conflict
from community.events import Happened, emit
from community.forum.events import AnswerAccepted, AnswerUnaccepted
from community.forum.models import Topic
from community.policy import authorize
from community.subjects import State
from community.threads.events import PostDeleted
from community.threads.models import Post, Thread
from community.viewer import Viewer


class AnotherAnswer(Conflict):
    """Another post is the accepted answer: the person is asked whether to replace it."""


@action
def accept_answer(topic: Topic, post: Post, *, by: Viewer, replace: bool = False) -> None:
    """Make the post the answer; accepting it twice changes nothing.

    Raise `AnotherAnswer` where there is one already, unless it is to be replaced.
    """
    authorize(by, "topic.accept", topic)
    if post.thread_id != topic.thread_id or post.number == 1 or post.state != State.PUBLISHED:
        raise Conflict(_("This post cannot be the answer."))
    before = topic.accepted_post
    if before is post:
        return
    if before and not replace:
        raise AnotherAnswer(_("There is already an accepted answer. Replace it?"))
    _set_answer(topic, before, post, by.member_id)
    if before:
        emit(AnswerUnaccepted(**_about(topic, before, by.member_id)))
    emit(AnswerAccepted(**_about(topic, post, by.member_id)))


@action
def unaccept_answer(topic: Topic, *, by: Viewer) -> None:
    """Take the mark off; without an accepted answer this changes nothing."""
    authorize(by, "topic.accept", topic)
    _unaccept(topic, by.member_id)


def lose_deleted_answer(happened: Happened) -> None:
    """What was deleted answers nothing any more."""
    event: PostDeleted = happened.event
    topic = session.scalar(select(Topic).where(Topic.accepted_post_id == event.post_id))
    if topic and topic.accepted_post and topic.accepted_post.state == State.DELETED:
        _unaccept(topic, event.actor_id)


def _unaccept(topic: Topic, member_id: int | None) -> None:
    before = topic.accepted_post
    if before:
        _set_answer(topic, before, None, None)
        emit(AnswerUnaccepted(**_about(topic, before, member_id)))


def _set_answer(topic: Topic, before: Post | None, post: Post | None, by: int | None) -> None:
    """Only if it still is as it was read: of two at once, the second is told."""
    unchanged = Topic.accepted_post_id == before.id if before else Topic.accepted_post_id.is_(None)
    changed = session.execute(
        update(Topic)
        .where(Topic.id == topic.id, unchanged)
        .values(
            accepted_post_id=post.id if post else None,
            accepted_at=clock.now() if post else None,
            accepted_by_id=by,
            version=Topic.version + 1,
        )
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise AnotherAnswer(_("There is already an accepted answer. Replace it?"))
    session.execute(
        update(Thread).where(Thread.id == topic.thread_id).values(version=Thread.version + 1)
    )
    session.expire(topic)


def _about(topic: Topic, post: Post, member_id: int | None) -> dict[str, Any]:
    return {
        "actor_id": member_id,
        "space_id": topic.space_id,
        "audience_id": topic.audience_id,
        "topic_id": topic.id,
        "thread_id": topic.thread_id,
        "post_id": post.id,
        "to_member_id": post.author_id,
    }
