"""Posts as subjects: their address is that of what they belong to, opened at the post."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from community.database import session
from community.policy import visible
from community.subjects import (
    register_subject,
    stands_for,
    subject_at,
    subject_title,
    subject_url,
)
from community.texts.drafts import Place, draft_place
from community.texts.histories import keeps_history
from community.threads.actions import edit_post
from community.threads.models import Post, Thread
from community.threads.shown import Shown
from community.viewer import Viewer


def owner_of(thread: Thread) -> Any:
    """The topic, idea, article or page the thread belongs to."""
    return subject_at(thread.subject_kind, thread.subject_id)


def post_url(post: Post) -> str:
    return f"{subject_url(owner_of(post.thread))}?post={post.number}#p{post.number}"


def post_title(post: Post) -> str:
    owner = owner_of(post.thread)
    return subject_title(owner) if owner else ""


register_subject(
    "post",
    Post,
    url=post_url,
    title=post_title,
    label=lambda: _("post"),
    heading=lambda: _("Posts"),
)
stands_for("post", Shown)
keeps_history(Post, edit="post.edit", change=edit_post)


@draft_place("reply")
def place_of_reply(public_id: str, viewer: Viewer) -> Place | None:
    thread = session.scalar(
        select(Thread).where(Thread.public_id == public_id, visible(Thread, viewer))
    )
    owner = owner_of(thread) if thread else None
    if thread is None or owner is None:
        return None
    url = f"{subject_url(owner)}?post={max(1, thread.last_number)}#reply"
    return Place(subject_title(owner), url, thread.audience_id)


@draft_place("edit")
def place_of_edit(public_id: str, viewer: Viewer) -> Place | None:
    post = session.scalar(select(Post).where(Post.public_id == public_id, visible(Post, viewer)))
    if post is None:
        return None
    url = url_for("threads.edit_post", public_id=public_id)
    return Place(post_title(post), url, post.audience_id)
