"""Posts of a thread, by number: the last page is as near as the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.members.models import Member
from community.policy import visible
from community.subjects import State
from community.texts.models import Draft, Text
from community.threads.models import Post, ReadState, Thread
from community.viewer import Viewer

PER_PAGE = 20


def window_start(thread: Thread, number: int) -> int:
    """The first number of the page that holds `number`; what lies outside is brought inside.

    Pages are fixed stretches of numbers, so that a post stays on its page for good.
    """
    inside = max(1, min(number, thread.last_number))
    return (inside - 1) // PER_PAGE * PER_PAGE + 1


def posts_from(
    thread: Thread, number: int, viewer: Viewer, *, count: int = PER_PAGE
) -> Sequence[Post]:
    """Those of the `count` posts from this number on that the viewer can read."""
    return session.scalars(
        select(Post)
        .where(
            Post.thread_id == thread.id,
            Post.number >= number,
            Post.number < number + count,
            visible(Post, viewer),
        )
        .options(
            joinedload(Post.author).options(
                joinedload(Member.organization), joinedload(Member.unit)
            ),
            joinedload(Post.text).load_only(
                Text.html, Text.language, Text.revision, Text.edited_at
            ),
            joinedload(Post.reply_to).joinedload(Post.author),
        )
        .order_by(Post.number)
    ).all()


@dataclass(frozen=True)
class Standing:
    """What a member has to do with a thread.

    `read` is how far they have read, `None` if they never opened it; `first_unread` the number of
    the first post by somebody else after that; `draft` what they were typing here.
    """

    read: int | None = None
    first_unread: int | None = None
    draft: str = ""


def standing_in(thread: Thread, viewer: Viewer) -> Standing:
    """One query for all of it."""
    if viewer.member_id is None:
        return Standing()
    read = (
        select(ReadState.number)
        .where(ReadState.member_id == viewer.member_id, ReadState.thread_id == thread.id)
        .scalar_subquery()
    )
    unread = (
        select(func.min(Post.number))
        .where(
            Post.thread_id == thread.id,
            Post.number > func.coalesce(read, 0),
            Post.author_id != viewer.member_id,
            Post.state == State.PUBLISHED,
        )
        .scalar_subquery()
    )
    draft = (
        select(Draft.fields)
        .where(Draft.member_id == viewer.member_id, Draft.place == f"reply:{thread.public_id}")
        .scalar_subquery()
    )
    row = session.execute(select(read, unread, draft)).one()
    return Standing(row[0], row[1], str((row[2] or {}).get("text", "")))
