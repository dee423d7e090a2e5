"""Telling many is a job of its own."""

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
from community.subjects import subject_at
from community.threads.models import Post


@job("notifications.tell_of_post")
def tell_of_post(event_id: int) -> None:
    """Notices for a new post; a second run finds them there."""
    told = happened(session.get_one(EventRow, event_id))
    post = told and session.get(Post, told.event.post_id)
    if not told or post is None or not post.is_published:
        return
    reasons = recipients_of_post(post, told.event.to_member_id)
    with write_transaction():
        tell(
            reasons,
            event_id=event_id,
            subject=("post", post.id),
            audience_id=post.audience_id,
            actor_id=post.author_id,
            at=told.at,
        )


@job("notifications.tell_of_new_mentions")
def tell_of_new_mentions(event_id: int) -> None:
    """After an edit: those who are mentioned now and heard nothing of this post so far."""
    told = happened(session.get_one(EventRow, event_id))
    post = told and session.get(Post, told.event.post_id)
    if not told or post is None or not post.is_published:
        return
    known = set(
        session.scalars(
            select(Notice.member_id).where(
                Notice.subject_kind == "post", Notice.subject_id == post.id
            )
        )
    )
    fresh = set(mentioned_in(post.text_id)) - known - {post.author_id}
    reasons = {member: MENTION for member in fresh if can_read(member, post)}
    with write_transaction():
        tell(
            reasons,
            event_id=event_id,
            subject=("post", post.id),
            audience_id=post.audience_id,
            actor_id=post.author_id,
            at=told.at,
        )


@job("notifications.tell_of_subject")
def tell_of_subject(event_id: int, subject_kind: str, subject_id: int, kind: str) -> None:
    """Notices about an article or a page, for its watchers and for those named in it."""
    told = happened(session.get_one(EventRow, event_id))
    subject = subject_at(subject_kind, subject_id)
    if not told or subject is None or not subject.is_published:
        return
    reasons = recipients_of_subject(subject, kind_named(kind), besides=told.actor_id)
    with write_transaction():
        tell(
            reasons,
            event_id=event_id,
            subject=(subject_kind, subject_id),
            audience_id=subject.audience_id,
            actor_id=told.actor_id,
            at=told.at,
        )


def tell_of_subject_later(happened: Happened, kind: NoticeKind, ref: tuple[str, int]) -> None:
    """For the subscriptions of rooms; an imported history tells nobody."""
    if not happened.imported:
        tell_of_subject.later(happened.id, *ref, kind.name, key=f"tell:{happened.id}")
