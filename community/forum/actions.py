"""Starting topics and answering in them."""

from flask_babel import gettext as _
from slugify import slugify

from community.database import action, session
from community.errors import Invalid
from community.events import emit
from community.forum.events import TopicStarted
from community.forum.models import Topic, TopicKind
from community.policy import authorize
from community.spaces.models import Space
from community.texts.actions import discard_draft, note_submission, take_submission
from community.texts.preparation import Prepared, check_storable, visible_length
from community.threads.actions import add_post, open_thread
from community.viewer import Viewer

TITLE_LENGTH = 200


def check_title(title: str) -> str:
    """The title without surrounding blanks; raise `Invalid` for an empty or overlong one."""
    check_storable(title)
    title = " ".join(title.split())
    if not visible_length(title):
        raise Invalid({"title": _("The title is empty.")})
    if len(title) > TITLE_LENGTH:
        raise Invalid(
            {
                "title": _(
                    "The title has %(given)s characters; at most %(most)s are taken.",
                    given=f"{len(title):,}",
                    most=TITLE_LENGTH,
                )
            }
        )
    return title


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
    topic = Topic(
        space_id=space.id,
        audience_id=space.audience_id,
        author_id=by.member_id,
        kind=_kind(space),
        title=title,
        slug=slugify(title, max_length=70, word_boundary=True) or "-",
    )
    session.add(topic)
    session.flush()
    thread = open_thread("topic", topic, space_id=space.id)
    topic.thread_id = thread.id
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
    add_post(thread, text, author_id=by.member_id, opening=True)
    space.version = Space.version + 1
    note_submission(submission, "topic", topic.id, by=by)
    discard_draft(by.member_id, f"topic:{space.slug}")
    return topic


def _kind(space: Space) -> TopicKind:
    if space.announcements:
        return TopicKind.ANNOUNCEMENT
    return TopicKind.QUESTION if space.questions else TopicKind.DISCUSSION
