"""A random public id that a row has already is drawn anew, and nobody notices."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from community import clock, database, identifiers
from community.database import session, write_transaction
from community.events import EventRow
from community.forum.models import Topic
from community.sending import insert_once
from community.tagging.actions import set_tags
from community.tagging.models import Tag
from community.threads.models import Post
from tests.community.threads.conversations import ask
from tests.conftest import sign_in


@pytest.fixture
def ada(app, cast):
    return sign_in(app.test_client(), cast.ada)


@pytest.fixture
def alike(monkeypatch):
    """Every id that is drawn is the same, until somebody has to begin anew."""
    with pytest.MonkeyPatch.context() as chance:
        chance.setattr(identifiers.secrets, "choice", lambda letters: letters[0])
        monkeypatch.setattr(database.time, "sleep", lambda _seconds: chance.undo())
        yield


def count_of(model) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_two_topics_whose_ids_come_out_alike_are_both_written(ada, cast, alike):
    form = {"title": "Where is undo?", "text": "I moved 300 accounts."}
    answers = [ada.post("/c/help/topics", data=form | {"submission": one * 22}) for one in "ab"]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location != answers[1].location
    assert count_of(Topic) == count_of(Post) == 2
    opened = select(func.count()).where(EventRow.name == "TopicStarted")
    assert session.scalar(opened) == 2


def test_two_replies_whose_ids_come_out_alike_are_both_written(ada, cast, alike):
    thread = ask(cast).thread.public_id
    replies = [{"text": "Try again.", "submission": one * 22} for one in "ab"]
    answers = [ada.post(f"/threads/{thread}/posts", data=reply) for reply in replies]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert count_of(Post) == 3


def test_a_new_tag_is_not_taken_for_another_because_their_ids_came_out_alike(app, cast, alike):
    topic = ask(cast)
    set_tags(topic, ["undo", "import"], by=cast.viewer("ada"))
    session.rollback()
    assert set(session.scalars(select(Tag.name))) == {"undo", "import"}


def test_a_row_that_is_there_is_still_written_once(app, database):
    rest = {"about": "", "created_at": clock.now()}
    with write_transaction():
        first = insert_once(Tag, public_id="22222222", name="undo", **rest)
        again = insert_once(Tag, public_id="33333333", name="undo", **rest)
    assert (first, again) == (True, False)
    with pytest.raises(IntegrityError), write_transaction():
        insert_once(Tag, public_id="22222222", name="import", **rest)
