"""Taking a subject out of sight and bringing it back, whatever its kind; joins an action."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from community.database import session
from community.events import emit
from community.moderation.events import SubjectHidden, SubjectRestored
from community.subjects import State, subject_ref
from community.threads.actions import set_post_state, set_thread_state
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
    if subject.state == State.PUBLISHED:
        _set(subject, State.HIDDEN, by)


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
