"""Looking after topics: titles, pins, locks, moves, taking away and bringing back."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from community import clock
from community.audit import record_care
from community.database import action
from community.errors import Conflict, Forbidden, Invalid
from community.events import emit
from community.forum.actions import kind_in
from community.forum.events import (
    TopicDeleted,
    TopicHidden,
    TopicLocked,
    TopicMoved,
    TopicPinned,
    TopicRestored,
    TopicRetitled,
    TopicUnlocked,
    TopicUnpinned,
)
from community.forum.models import Topic, TopicKind
from community.policy import authorize, can
from community.spaces.models import Space
from community.subjects import State
from community.texts.titles import check_title, slug_of
from community.threads.actions import lock_thread, move_thread, set_thread_state, unlock_thread
from community.versions import touch, touch_subject
from community.viewer import Viewer

LONGEST_PIN = timedelta(days=366)


@action
def retitle_topic(topic: Topic, title: str, *, by: Viewer) -> None:
    """Give the topic another title; its old addresses lead to it all the same."""
    authorize(by, "topic.retitle", topic)
    title = check_title(title)
    if title == topic.title:
        return
    before, topic.title, topic.slug = topic.title, title, slug_of(title)
    touch_subject(topic)
    emit(TopicRetitled(**_about(topic, by)))
    record_care(by, "topic.retitled", topic, before={"title": before}, after={"title": title})


@action
def lock_topic(topic: Topic, *, by: Viewer) -> None:
    """Close the conversation to all but those who moderate. Locking twice changes nothing."""
    authorize(by, "topic.lock", topic)
    if lock_thread(topic.thread):
        touch_subject(topic)
        emit(TopicLocked(**_about(topic, by)))
        record_care(by, "topic.locked", topic)


@action
def unlock_topic(topic: Topic, *, by: Viewer) -> None:
    authorize(by, "topic.lock", topic)
    if unlock_thread(topic.thread):
        touch_subject(topic)
        emit(TopicUnlocked(**_about(topic, by)))
        record_care(by, "topic.unlocked", topic)


@action
def pin_topic(topic: Topic, *, until: datetime, by: Viewer) -> None:
    """Let the topic stand first in its space until then."""
    authorize(by, "topic.pin", topic)
    if not clock.now() < until <= clock.now() + LONGEST_PIN:
        raise Invalid({"until": _("Choose a day within the next year.")})
    topic.pinned_until = until
    touch_subject(topic)
    emit(TopicPinned(**_about(topic, by), until=until.isoformat()))
    record_care(by, "topic.pinned", topic, after={"until": until.isoformat()})


@action
def unpin_topic(topic: Topic, *, by: Viewer) -> None:
    authorize(by, "topic.pin", topic)
    if topic.pinned_until is None:
        return
    topic.pinned_until = None
    touch_subject(topic)
    emit(TopicUnpinned(**_about(topic, by)))
    record_care(by, "topic.unpinned", topic)


@action
def move_topic(topic: Topic, space: Space, *, by: Viewer) -> None:
    """Carry the topic and its posts into another space; who cannot read there loses them.

    An announcement or question becomes what its new space holds; a topic with an accepted answer
    stays a question.
    """
    authorize(by, "topic.move", topic)
    if not can(by, "topic.start", space):
        raise Forbidden(_("You cannot write in that space."))
    if space.id == topic.space_id:
        return
    before = topic.space_id
    topic.kind = TopicKind.QUESTION if topic.accepted_post_id else kind_in(space)
    topic.space_id, topic.audience_id = space.id, space.audience_id
    topic.pinned_until = None
    move_thread(topic.thread, space)
    touch_subject(topic)
    touch("space", before)
    emit(TopicMoved(**_about(topic, by), from_space_id=before))
    record_care(by, "topic.moved", topic, before={"space": before}, after={"space": space.id})


@action
def delete_topic(topic: Topic, *, by: Viewer) -> None:
    """Take the topic away with its posts; it can be restored."""
    authorize(by, "topic.delete", topic)
    topic.deleted_by_id = by.member_id
    _set_state(topic, State.DELETED)
    emit(TopicDeleted(**_about(topic, by), author_id=topic.author_id))
    record_care(by, "topic.deleted", topic)


@action
def hide_topic(topic: Topic, *, by: Viewer) -> None:
    """Put the topic out of sight until somebody has decided."""
    authorize(by, "topic.hide", topic)
    if topic.state == State.HIDDEN:
        return
    _set_state(topic, State.HIDDEN)
    emit(TopicHidden(**_about(topic, by), author_id=topic.author_id))
    record_care(by, "topic.hidden", topic)


@action
def restore_topic(topic: Topic, *, by: Viewer) -> None:
    authorize(by, "topic.restore", topic)
    if topic.state == State.PUBLISHED:
        raise Conflict(_("This topic is there already."))
    topic.deleted_by_id = None
    _set_state(topic, State.PUBLISHED)
    emit(TopicRestored(**_about(topic, by), author_id=topic.author_id))
    record_care(by, "topic.restored", topic)


def _set_state(topic: Topic, state: State) -> None:
    topic.state = state
    set_thread_state(topic.thread, state)
    touch_subject(topic)


def _about(topic: Topic, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": topic.space_id,
        "audience_id": topic.audience_id,
        "topic_id": topic.id,
        "thread_id": topic.thread_id,
    }
