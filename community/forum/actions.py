"""Starting topics and answering in them."""

from community.database import action, session
from community.events import emit
from community.forum.events import TopicStarted
from community.forum.models import Topic, TopicKind
from community.policy import authorize
from community.spaces.models import Space
from community.texts.actions import discard_draft, note_submission, take_submission
from community.texts.preparation import Prepared
from community.texts.titles import check_title, slug_of
from community.threads.actions import add_post, open_thread
from community.threads.models import Thread
from community.threads.readings import set_marks
from community.viewer import Viewer


@action
def start_topic(
    space: Space, title: str, text: Prepared, *, by: Viewer, submission: str = ""
) -> Topic:
    """Open a topic with its first post. Sending the same form twice gives the first topic again."""
    authorize(by, "topic.start", space)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == "topic":
        return session.get_one(Topic, sent.subject_id)
    title = check_title(title)
    assert by.member_id
    topic, thread = _store(space, title, by.member_id)
    emit(
        TopicStarted(
            actor_id=by.member_id,
            space_id=space.id,
            audience_id=topic.audience_id,
            topic_id=topic.id,
            thread_id=thread.id,
            kind=topic.kind,
        )
    )
    first = add_post(thread, text, author_id=by.member_id, opening=True)
    read = {"member_id": by.member_id, "thread_id": thread.id}
    set_marks([read | {"number": first.number, "at": first.at}])
    space.version = Space.version + 1
    note_submission(submission, "topic", topic.id, by=by)
    discard_draft(by.member_id, f"topic:{space.slug}")
    return topic


def _store(space: Space, title: str, author_id: int) -> tuple[Topic, Thread]:
    topic = Topic(
        space_id=space.id,
        audience_id=space.audience_id,
        author_id=author_id,
        kind=kind_in(space),
        title=title,
        slug=slug_of(title),
    )
    session.add(topic)
    session.flush()
    thread = open_thread("topic", topic, space_id=space.id)
    topic.thread_id = thread.id
    return topic, thread


def kind_in(space: Space) -> TopicKind:
    if space.announcements:
        return TopicKind.ANNOUNCEMENT
    return TopicKind.QUESTION if space.questions else TopicKind.DISCUSSION
