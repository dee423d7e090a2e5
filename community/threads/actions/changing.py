"""Changing posts, taking them away and bringing them back."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from community import clock
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.subjects import State
from community.texts.actions import (
    change_text,
    discard_draft,
)
from community.texts.preparation import Prepared
from community.threads.actions.writing import own_id
from community.threads.counters import first_response_at, last_post_at
from community.threads.events import (
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
)
from community.threads.models import Post, Thread
from community.versions import touch
from community.viewer import Viewer


@action
def edit_post(post: Post, text: Prepared, *, by: Viewer, base: int, summary: str = "") -> None:
    """Change the post's text. `base` is the revision the editor began with."""
    authorize(by, "post.edit", post)
    if base != post.text.revision:
        raise Conflict(
            _(
                "This post was changed while you were editing. "
                "Your text is below; compare and send again."
            )
        )
    change_text(post.text, text, by=by, summary=summary)
    discard_draft(own_id(by), f"edit:{post.public_id}")
    _touch(post)
    emit(
        PostEdited(
            **_about(post, by),
            author_id=post.author_id,
            revision=post.text.revision,
        )
    )


@action
def delete_post(post: Post, *, by: Viewer) -> None:
    """Take the post away; it can be restored."""
    authorize(by, "post.delete", post)
    set_post_state(post, State.DELETED, by)
    emit(PostDeleted(**_about(post, by), author_id=post.author_id))


@action
def hide_post(post: Post, *, by: Viewer) -> None:
    """Put the post out of sight until a moderator decides."""
    authorize(by, "post.hide", post)
    set_post_state(post, State.HIDDEN, by)
    emit(PostHidden(**_about(post, by), author_id=post.author_id))


@action
def restore_post(post: Post, *, by: Viewer) -> None:
    authorize(by, "post.restore", post)
    set_post_state(post, State.PUBLISHED, by)
    emit(PostRestored(**_about(post, by), author_id=post.author_id))


def set_post_state(post: Post, state: State, by: Viewer) -> None:
    """Change the state and recount, so that repeating it changes nothing."""
    at: datetime | None = clock.now() if state == State.DELETED else None
    post.state, post.deleted_at = state, at
    post.deleted_by_id = by.member_id if state == State.DELETED else None
    _touch(post)
    session.flush()
    shown = (Post.thread_id == post.thread_id, Post.state == State.PUBLISHED)
    session.execute(
        update(Thread)
        .where(Thread.id == post.thread_id)
        .values(
            post_count=select(func.count()).where(*shown).scalar_subquery(),
            last_post_at=last_post_at(),
            first_response_at=first_response_at(),
        )
        .execution_options(synchronize_session=False)
    )
    touch("space", post.space_id)


def _touch(post: Post) -> None:
    post.version = Post.version + 1
    session.execute(
        update(Thread).where(Thread.id == post.thread_id).values(version=Thread.version + 1)
    )


def _about(post: Post, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": post.space_id,
        "audience_id": post.audience_id,
        "post_id": post.id,
        "thread_id": post.thread_id,
    }
