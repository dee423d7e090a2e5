"""Telling many is a job of its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from community.database import session, write_transaction
from community.events import EventRow, Happened, happened
from community.jobs import job
from community.notifications.kinds import MENTION, NoticeKind, kind_named
from community.notifications.models import Notice
from community.notifications.recipients import (
    can_read,
    mentioned_in,
    recipients_of_post,
    recipients_of_subject,
)
from community.notifications.telling import tell
from community.subjects import subject_at, subject_ref
from community.threads.models import Post


@job("notifications.tell_of_post")
def tell_of_post(event_id: int) -> None:
    """Notices for a new post; a second run finds them there."""
    told, post = _post_of(event_id)
    if told and post:
        _tell(told, post, recipients_of_post(post, told.event.to_member_id), by=post.author_id)


@job("notifications.tell_of_new_mentions")
def tell_of_new_mentions(event_id: int) -> None:
    """After an edit: those who are mentioned now and heard nothing of this post so far."""
    told, post = _post_of(event_id)
    if not told or not post:
        return
    about = (Notice.subject_kind == "post", Notice.subject_id == post.id)
    known = set(session.scalars(select(Notice.member_id).where(*about)))
    fresh = set(mentioned_in(post.text_id)) - known - {post.author_id}
    reasons = {member: MENTION for member in fresh if can_read(member, post)}
    _tell(told, post, reasons, by=post.author_id)


@job("notifications.tell_of_subject")
def tell_of_subject(event_id: int, subject_kind: str, subject_id: int, kind: str) -> None:
    """Notices about an article or a page, for its watchers and for those named in it."""
    told = happened(session.get_one(EventRow, event_id))
    subject = subject_at(subject_kind, subject_id)
    if told and subject and subject.is_published:
        reasons = recipients_of_subject(subject, kind_named(kind), besides=told.actor_id)
        _tell(told, subject, reasons, by=told.actor_id)


def _post_of(event_id: int) -> tuple[Happened | None, Post | None]:
    """What happened to a post, and the post as long as it is published."""
    told = happened(session.get_one(EventRow, event_id))
    post = told and session.get(Post, told.event.post_id)
    return told, post if post and post.is_published else None


def _tell(
    told: Happened, subject: Any, reasons: Mapping[int, NoticeKind], *, by: int | None
) -> None:
    with write_transaction():
        tell(
            reasons,
            event_id=told.id,
            subject=subject_ref(subject),
            audience_id=subject.audience_id,
            actor_id=by,
            at=told.at,
        )


def tell_of_subject_later(happened: Happened, kind: NoticeKind, ref: tuple[str, int]) -> None:
    """For the subscriptions of rooms; an imported history tells nobody."""
    if not happened.imported:
        tell_of_subject.later(happened.id, *ref, kind.name, key=f"tell:{happened.id}")
