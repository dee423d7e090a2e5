"""Taking a subject out of sight and bringing it back, whatever its kind; joins an action."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, or_, select, update

from community.database import session
from community.events import emit
from community.moderation.events import SubjectHidden, SubjectRestored
from community.moderation.models import Case
from community.spaces.models import Space
from community.subjects import State, subject_ref
from community.threads.actions import moves_along, set_post_state, set_thread_state
from community.threads.events import PostHidden, PostRestored
from community.threads.models import Post, Thread
from community.viewer import Viewer

Preparation = Callable[[Any], None]

_before_return: dict[type[Any], Preparation] = {}


def prepares_return(model: type[Any]) -> Callable[[Preparation], Preparation]:
    """Let a room make way for a row of its kind that is about to come back into sight."""

    def register(prepare: Preparation) -> Preparation:
        _before_return[model] = prepare
        return prepare

    return register


def hide_subject(subject: Any, *, by: Viewer) -> None:
    """What its author has deleted meanwhile is from now on not theirs to bring back."""
    if subject.state == State.PUBLISHED:
        _set(subject, State.HIDDEN, by)
    elif subject.state == State.DELETED and hasattr(subject, "deleted_by_id"):
        subject.deleted_by_id = by.member_id


@moves_along
def carry_cases(thread: Thread, space: Space) -> None:
    """A case is decided by those who look after the place where its subject stands now."""
    posts = select(Post.id).where(Post.thread_id == thread.id)
    of_thread = and_(Case.subject_kind == thread.subject_kind, Case.subject_id == thread.subject_id)
    of_posts = and_(Case.subject_kind == "post", Case.subject_id.in_(posts))
    session.execute(
        update(Case).where(or_(of_thread, of_posts)).values(audience_id=space.audience_id)
    )


def show_subject(subject: Any, *, by: Viewer) -> None:
    if subject.state == State.HIDDEN:
        if type(subject) in _before_return:
            _before_return[type(subject)](subject)
        _set(subject, State.PUBLISHED, by)


def _set(subject: Any, state: State, by: Viewer) -> None:
    back = state == State.PUBLISHED
    if isinstance(subject, Post):
        set_post_state(subject, state, by)
        kind = PostRestored if back else PostHidden
        emit(
            kind(
                **_common(subject, by),
                post_id=subject.id,
                thread_id=subject.thread_id,
                author_id=subject.author_id,
            )
        )
        return
    subject.state = state
    subject.version = type(subject).version + 1
    name, key = subject_ref(subject)
    for thread in session.scalars(
        select(Thread).where(Thread.subject_kind == name, Thread.subject_id == key)
    ):
        set_thread_state(thread, state)
    told = SubjectRestored if back else SubjectHidden
    emit(told(**_common(subject, by), subject_kind=name, subject_id=key))


def _common(subject: Any, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": subject.space_id,
        "audience_id": subject.audience_id,
    }
