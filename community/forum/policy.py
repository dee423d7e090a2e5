"""Who may open, answer for and look after topics."""

from community.audiences import Level
from community.forum.models import Topic, TopicKind
from community.policy import is_own, may_delete, may_restore, moderates, rule
from community.spaces.models import Space, SpaceKind
from community.subjects import State
from community.viewer import Viewer


@rule("topic.start")
def start(viewer: Viewer, space: Space) -> bool:
    if viewer.member is None or viewer.silenced or space.archived_at:
        return False
    needed = Level.MODERATE if space.announcements else Level.CREATE
    return space.kind in (SpaceKind.CATEGORY, SpaceKind.GROUP) and (
        viewer.level(space.audience_id) >= needed
    )


@rule("topics.mark_read")
def mark_read(viewer: Viewer, _space: Space | None) -> bool:
    return viewer.member is not None


@rule("topic.retitle")
def retitle(viewer: Viewer, topic: Topic) -> bool:
    if viewer.silenced or topic.state == State.DELETED:
        return False
    own = is_own(viewer, topic) and viewer.level(topic.audience_id) >= Level.REPLY
    return (own and topic.thread.locked_at is None) or moderates(viewer, topic)


@rule("topic.accept")
def accept(viewer: Viewer, topic: Topic) -> bool:
    """The asker, or somebody who looks after the space, says which post is the answer."""
    if topic.kind != TopicKind.QUESTION or topic.state != State.PUBLISHED or viewer.silenced:
        return False
    return is_own(viewer, topic) or moderates(viewer, topic)


@rule("topic.pin")
def pin(viewer: Viewer, topic: Topic) -> bool:
    return moderates(viewer, topic)


@rule("topic.lock")
def lock(viewer: Viewer, topic: Topic) -> bool:
    return moderates(viewer, topic)


@rule("topic.move")
def move(viewer: Viewer, topic: Topic) -> bool:
    """Out of the space one looks after; into which one, `topic.start` there decides."""
    return moderates(viewer, topic)


@rule("topic.delete")
def delete(viewer: Viewer, topic: Topic) -> bool:
    """Its author may as long as nobody has answered: what others wrote is not theirs to take."""
    return may_delete(viewer, topic, alone=topic.thread.first_response_at is None)


@rule("topic.restore")
def restore(viewer: Viewer, topic: Topic) -> bool:
    return may_restore(viewer, topic)


@rule("topic.hide")
def hide(viewer: Viewer, topic: Topic) -> bool:
    return moderates(viewer, topic) and topic.state != State.DELETED
