"""Whose answer is accepted hears of it: once, while it is so, and where they may still read."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from community import buffers, clock
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.events import EventRow, happened, occurring
from community.forum.answers import accept_answer, unaccept_answer
from community.forum.models import Topic
from community.forum.subscriptions import tell_of_acceptance
from community.groups.models import Group
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unseen_count
from community.spaces.models import Space
from community.threads.actions import delete_post, restore_post
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENTENCE = "Ada accepted your answer in “Row 12,000”"


@pytest.fixture(autouse=True)
def frozen():
    with clock.at(START):
        yield


def accept(cast, topic, post, *, by: str = "ada", replace: bool = False) -> None:
    accept_answer(topic, post, by=cast.viewer(by), replace=replace)
    run_jobs()


def heard(member) -> int:
    session.rollback()
    about = (Notice.member_id == member.id, Notice.kind == "answer_accepted")
    return len(session.scalars(select(Notice.id).where(*about)).all())


def mails(app) -> list[str]:
    paths = sorted((app.config["SETTINGS"].data_dir / "mail").glob("*notice*.eml"))
    return [path.read_text() for path in paths]


def test_who_wrote_the_answer_hears_and_comes_to_it(client, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    accept(cast, topic, post)
    assert (heard(cast.ben), heard(cast.ada)) == (1, 0)
    page = sign_in(client, cast.ben).get("/notifications").text
    assert SENTENCE in page
    assert f"/t/{topic.public_id}" in page


def test_who_accepts_their_own_answer_is_not_told(app, cast):
    topic = ask(cast)
    accept(cast, topic, answer(cast, topic, "ada"))
    assert heard(cast.ada) == 0


def test_telling_again_changes_nothing(app, cast):
    topic = ask(cast)
    accept(cast, topic, answer(cast, topic))
    (row,) = session.scalars(select(EventRow).where(EventRow.name == "AnswerAccepted"))
    told = happened(row)
    assert told
    with write_transaction():
        tell_of_acceptance(told)
    assert heard(cast.ben) == 1


def test_accepted_taken_back_and_accepted_again_is_one_notice(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    accept_answer(topic, post, by=cast.viewer("ada"))
    unaccept_answer(topic, by=cast.viewer("ada"))
    accept(cast, topic, post)
    assert heard(cast.ben) == 1


def test_what_is_taken_back_within_ten_minutes_is_not_mailed(app, cast):
    for path in (app.config["SETTINGS"].data_dir / "mail").glob("*notice*.eml"):
        path.unlink()
    topic = ask(cast)
    accept(cast, topic, answer(cast, topic))
    accept(cast, topic, answer(cast, topic, "cleo"), replace=True)
    assert (heard(cast.ben), heard(cast.cleo)) == (0, 1)
    clock.advance(minutes=11)
    run_jobs()
    (mail,) = (text for text in mails(app) if "answer_accepted" in text)
    assert "cleo@example.org" in mail


def test_an_answer_that_is_deleted_and_back_is_accepted_no_more(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    accept(cast, topic, post)
    delete_post(post, by=cast.viewer("ben"))
    run_jobs()
    restore_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert heard(cast.ben) == 0


def test_a_muted_topic_is_silent(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    watch(topic, WatchLevel.MUTED, by=cast.viewer("ben"))
    accept(cast, topic, post)
    assert heard(cast.ben) == 0


def test_an_imported_history_tells_nobody(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    with occurring(source="import"):
        accept(cast, topic, post)
    assert heard(cast.ben) == 0


def ask_nordlicht(cast) -> Topic:
    with write_transaction():
        session.scalars(select(Space).where(Space.slug == "nordlicht")).one().questions = True
    return ask(cast, space="nordlicht")


def keep_nordlicht_out(space_id: int) -> None:
    with write_transaction():
        for group in session.scalars(select(Group).where(Group.kind == "organization")):
            set_grant(session.get_one(Space, space_id).audience, Level.NONE, group=group)


def test_who_may_no_longer_read_there_is_not_told(app, cast):
    topic = ask_nordlicht(cast)
    post = answer(cast, topic)
    keep_nordlicht_out(topic.space_id)
    accept(cast, topic, post, by="al")
    assert heard(cast.ben) == 0


def test_who_was_told_and_lost_access_finds_nothing(app, cast):
    topic = ask_nordlicht(cast)
    accept(cast, topic, answer(cast, topic))
    assert unseen_count(cast.viewer("ben")) == 1
    keep_nordlicht_out(topic.space_id)
    assert unseen_count(cast.viewer("ben")) == 0
    assert notices_of(cast.viewer("ben")).items == []


def test_looking_at_the_topic_before_is_not_having_seen_it(client, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    sign_in(client, cast.ben).get(f"/t/{topic.public_id}")
    clock.advance(minutes=1)
    accept(cast, topic, post)
    buffers.flush()
    run_jobs()
    assert unseen_count(cast.viewer("ben")) == 1
    clock.advance(minutes=1)
    client.get(f"/t/{topic.public_id}")
    buffers.flush()
    run_jobs()
    assert unseen_count(cast.viewer("ben")) == 0
