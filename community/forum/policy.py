"""Who may open, answer for and look after topics."""

from community.audiences import Level
from community.forum.models import Topic, TopicKind
from community.policy import rule
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
    own = _own(viewer, topic) and viewer.level(topic.audience_id) >= Level.REPLY
    return (own and topic.thread.locked_at is None) or _moderates(viewer, topic)


@rule("topic.accept")
def accept(viewer: Viewer, topic: Topic) -> bool:
    """The asker, or somebody who looks after the space, says which post is the answer."""
    if topic.kind != TopicKind.QUESTION or topic.state != State.PUBLISHED or viewer.silenced:
        return False
    return _own(viewer, topic) or _moderates(viewer, topic)


@rule("topic.pin")
def pin(viewer: Viewer, topic: Topic) -> bool:
    return _moderates(viewer, topic)


@rule("topic.lock")
def lock(viewer: Viewer, topic: Topic) -> bool:
    return _moderates(viewer, topic)


@rule("topic.move")
def move(viewer: Viewer, topic: Topic) -> bool:
    """Out of the space one looks after; into which one, `topic.start` there decides."""
    return _moderates(viewer, topic)


@rule("topic.delete")
def delete(viewer: Viewer, topic: Topic) -> bool:
    """Its author may as long as nobody has answered: what others wrote is not theirs to take."""
    if viewer.member is None or topic.state == State.DELETED:
        return False
    alone = topic.thread.first_response_at is None
    own = _own(viewer, topic) and topic.state != State.HIDDEN
    return (own and alone) or _moderates(viewer, topic)


@rule("topic.restore")
def restore(viewer: Viewer, topic: Topic) -> bool:
    if viewer.member is None or topic.state not in (State.DELETED, State.HIDDEN):
        return False
    by_author = _own(viewer, topic) and topic.deleted_by_id == viewer.member_id
    return (by_author and topic.state == State.DELETED) or _moderates(viewer, topic)


@rule("topic.hide")
def hide(viewer: Viewer, topic: Topic) -> bool:
    return _moderates(viewer, topic) and topic.state != State.DELETED


def _own(viewer: Viewer, topic: Topic) -> bool:
    return viewer.member_id is not None and topic.author_id == viewer.member_id


def _moderates(viewer: Viewer, topic: Topic) -> bool:
    return viewer.member is not None and viewer.level(topic.audience_id) >= Level.MODERATE
