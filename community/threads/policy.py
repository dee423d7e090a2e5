"""Who may read, write and change posts."""

from sqlalchemy import and_

from community.audiences import Level
from community.database import session
from community.policy import (
    may_delete,
    may_restore,
    may_see_subject,
    moderates,
    readable,
    rule,
    visible_subjects,
)
from community.spaces.models import Space
from community.subjects import State
from community.threads.models import Post, Thread
from community.threads.shown import Shown
from community.viewer import Viewer

for _posts in (Post, Shown):
    readable(
        _posts,
        check=lambda viewer, post: (
            may_see_subject(viewer, post) and may_see_subject(viewer, post.thread)
        ),
        filter=lambda viewer: and_(
            visible_subjects(Post, viewer),
            # Asked of each post's own thread: `IN` would first read all threads there are.
            Post.thread.has(visible_subjects(Thread, viewer)),
        ),
    )


@rule("thread.reply")
def reply(viewer: Viewer, thread: Thread) -> bool:
    if viewer.member is None or viewer.silenced or thread.state != State.PUBLISHED:
        return False
    level = viewer.level(thread.audience_id)
    return level >= (Level.MODERATE if thread.locked_at else Level.REPLY) and not is_archived(
        thread
    )


@rule("post.edit")
def edit(viewer: Viewer, post: Post | Shown) -> bool:
    if viewer.member is None or viewer.silenced or post.state == State.DELETED:
        return False
    own = post.author_id == viewer.member_id and viewer.level(post.audience_id) >= Level.REPLY
    return (own and _is_open(post.thread)) or moderates(viewer, post)


@rule("post.delete")
def delete(viewer: Viewer, post: Post | Shown) -> bool:
    """Not the author's to take what is out of sight: who deletes may restore."""
    return may_delete(viewer, post, alone=True)


@rule("post.restore")
def restore(viewer: Viewer, post: Post | Shown) -> bool:
    return may_restore(viewer, post)


@rule("post.hide")
def hide(viewer: Viewer, post: Post | Shown) -> bool:
    return moderates(viewer, post)


def _is_open(thread: Thread) -> bool:
    return thread.locked_at is None and not is_archived(thread)


def is_archived(thread: Thread) -> bool:
    """Whether the thread's space is only to be read; the space is loaded once a page."""
    space = session.get(Space, thread.space_id) if thread.space_id else None
    return space is not None and space.archived_at is not None
