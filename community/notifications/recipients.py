"""Who hears of a post, and for which reason: at most one reason each."""

from sqlalchemy import select

from community.database import session
from community.members.models import Member
from community.notifications.kinds import MENTION, NEW_POST, REPLY, NoticeKind
from community.policy import may_see
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
    if to_member_id and post.number > 1:
        reasons[to_member_id] = REPLY
    for member_id in mentioned_in(post):
        reasons[member_id] = MENTION
    muted = {member for member, level in levels.items() if level == WatchLevel.MUTED}
    return {
        member_id: kind
        for member_id, kind in reasons.items()
        if member_id != post.author_id and member_id not in muted and can_read(member_id, post)
    }


def mentioned_in(post: Post) -> list[int]:
    return list(session.scalars(select(Mention.member_id).where(Mention.text_id == post.text_id)))


def can_read(member_id: int, subject: object) -> bool:
    """Asked now, when it is told: rights may have changed since it happened."""
    member = session.get(Member, member_id)
    if member is None:
        return False
    viewer = viewer_of(member)
    return viewer.member is not None and may_see(viewer, subject)
