"""Who hears of a post, and for which reason: at most one reason each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from community.database import session
from community.members.models import Member
from community.notifications.kinds import MENTION, NEW_POST, REPLY, NoticeKind
from community.notifications.models import Notice
from community.policy import may_see
from community.subjects import subject_ref
from community.texts.models import Mention
from community.threads.models import Post
from community.viewer import viewer_of
from community.watching.levels import levels_of_all, references_of
from community.watching.models import WatchLevel


def recipients_of_post(post: Post, to_member_id: int | None) -> dict[int, NoticeKind]:
    """Member → the strongest reason. Who muted it, wrote it or cannot read it hears nothing."""
    thread = post.thread
    levels = levels_of_all(references_of(thread.subject_kind, thread.subject_id, thread.space_id))
    reasons: dict[int, NoticeKind] = {
        member: NEW_POST for member, level in levels.items() if level == WatchLevel.WATCHING
    }
    if to_member_id:
        reasons[to_member_id] = REPLY
    reasons |= dict.fromkeys(mentioned_in(post.text_id), MENTION)
    return _who_may_hear(reasons, levels, post, besides=post.author_id)


def author_of_post(post: Post, told: NoticeKind, *, besides: int | None) -> dict[int, NoticeKind]:
    """Who wrote it, for news of the post itself, if they would hear of a new one."""
    thread = post.thread
    levels = levels_of_all(references_of(thread.subject_kind, thread.subject_id, thread.space_id))
    return _who_may_hear({post.author_id: told}, levels, post, besides=besides)


def recipients_of_subject(
    subject: Any, told: NoticeKind, *, besides: int | None
) -> dict[int, NoticeKind]:
    """The same for an article or a page: its watchers hear `told`, who is named in it a mention.

    Who heard once that they are named in it does not hear it again.
    """
    kind, key = subject_ref(subject)
    levels = levels_of_all(references_of(kind, key, subject.space_id))
    reasons = {member: told for member, level in levels.items() if level == WatchLevel.WATCHING}
    known = select(Notice.member_id).where(
        Notice.subject_kind == kind, Notice.subject_id == key, Notice.kind == MENTION.name
    )
    named = set(mentioned_in(subject.text_id)) - set(session.scalars(known))
    reasons |= dict.fromkeys(named, MENTION)
    return _who_may_hear(reasons, levels, subject, besides=besides)


def _who_may_hear(
    reasons: Mapping[int, NoticeKind],
    levels: Mapping[int, WatchLevel],
    subject: Any,
    *,
    besides: int | None,
) -> dict[int, NoticeKind]:
    muted = {member for member, level in levels.items() if level == WatchLevel.MUTED}
    return {
        member_id: kind
        for member_id, kind in reasons.items()
        if member_id != besides and member_id not in muted and can_read(member_id, subject)
    }


def mentioned_in(text_id: int) -> list[int]:
    return list(session.scalars(select(Mention.member_id).where(Mention.text_id == text_id)))


def can_read(member_id: int, subject: object) -> bool:
    """Asked now, when it is told: rights may have changed since it happened."""
    member = session.get(Member, member_id)
    if member is None:
        return False
    viewer = viewer_of(member)
    return viewer.member is not None and may_see(viewer, subject)
