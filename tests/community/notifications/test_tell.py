"""Who hears of what, once, and only of what they may read."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from community import buffers, clock
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.events import EventRow, occurring
from community.forum.actions import start_topic
from community.forum.care import delete_topic, hide_topic
from community.forum.models import Topic
from community.groups.models import Group
from community.members.models import Profile
from community.notifications.actions import choose_mail
from community.notifications.jobs import tell_of_post
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unseen_count
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import delete_post, edit_post, restore_post, write_post
from community.threads.models import Post
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from tests.conftest import sign_in

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen():
    with clock.at(START):
        yield


@pytest.fixture
def topic(house, cast) -> Topic:
    ada = cast.viewer("ada")
    made = start_topic(find_space("help", ada), "Row 12,000", prepare("It stops."), by=ada)
    run_jobs()
    return made


def answer(topic, cast, name: str, text: str = "Try again.", **options) -> Post:
    post = write_post(topic.thread, prepare(text), by=cast.viewer(name), **options)
    run_jobs()
    return post


def heard(member) -> list[str]:
    return list(
        session.scalars(
            select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)
        )
    )


def mails(house) -> list:
    folder = house.config["SETTINGS"].data_dir / "mail"
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(folder.glob("*notice*.eml"))
    ]


@pytest.fixture(autouse=True)
def no_old_mail(house):
    folder = house.config["SETTINGS"].data_dir / "mail"
    for path in folder.glob("*.eml"):
        path.unlink()


def test_who_asked_hears_of_an_answer_and_who_answered_does_not(app, cast, topic):
    answer(topic, cast, "ben")
    assert heard(cast.ada) == ["reply"]
    assert heard(cast.ben) == []


def test_one_answer_is_one_notice_whatever_the_reasons(app, cast, topic):
    answer(topic, cast, "ben", "@ada look here")
    assert heard(cast.ada) == ["mention"]


def test_telling_again_changes_nothing(app, cast, topic):
    answer(topic, cast, "ben")
    row = session.scalars(select(EventRow).where(EventRow.name == "PostWritten")).all()[-1]
    tell_of_post(row.id)
    assert heard(cast.ada) == ["reply"]


def test_a_muted_topic_is_silent_even_for_a_mention(app, cast, topic):
    watch(topic, WatchLevel.MUTED, by=cast.viewer("ada"))
    answer(topic, cast, "ben", "@ada look here")
    assert heard(cast.ada) == []


def test_who_watches_the_space_hears_of_every_topic_in_it(app, cast):
    eve = cast.viewer("eve")
    watch(find_space("help", eve), WatchLevel.WATCHING, by=eve)
    ada = cast.viewer("ada")
    start_topic(find_space("help", ada), "New", prepare("Something new."), by=ada)
    run_jobs()
    assert heard(cast.eve) == ["new_post"]


def test_the_choice_for_the_topic_wins_over_that_for_its_space(app, cast, topic):
    eve = cast.viewer("eve")
    watch(find_space("help", eve), WatchLevel.WATCHING, by=eve)
    watch(topic, WatchLevel.NORMAL, by=eve)
    answer(topic, cast, "ben")
    assert heard(cast.eve) == []


def test_a_mention_of_who_cannot_read_there_tells_them_nothing(app, cast):
    eve = cast.viewer("eve")
    start_topic(find_space("floor", eve), "Plans", prepare("@ada must not know"), by=eve)
    run_jobs()
    assert heard(cast.ada) == []


def test_who_lost_access_finds_nothing_and_counts_nothing(app, cast):
    ada = cast.viewer("ada")
    space = find_space("nordlicht", ada)
    made = start_topic(space, "Ours", prepare("Only Nordlicht."), by=ada)
    run_jobs()
    answer(made, cast, "ben")
    assert unseen_count(cast.viewer("ada")) == 1
    with write_transaction():
        for group in session.scalars(select(Group).where(Group.kind == "organization")):
            set_grant(session.get_one(Space, space.id).audience, Level.NONE, group=group)
    assert unseen_count(cast.viewer("ada")) == 0
    assert notices_of(cast.viewer("ada")).items == []
    clock.advance(minutes=11)
    run_jobs()
    assert mails(app) == []


def test_what_is_deleted_is_told_no_more_and_again_when_it_is_back(app, cast, topic):
    post = answer(topic, cast, "ben")
    delete_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert unseen_count(cast.viewer("ada")) == 0
    restore_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert unseen_count(cast.viewer("ada")) == 1


def test_who_is_mentioned_by_an_edit_hears_of_it_once(app, cast, topic):
    post = answer(topic, cast, "ben", "Ask somebody.")
    for text in ("Ask @eve.", "Ask @eve, really."):
        edit_post(post, prepare(text), by=cast.viewer("ben"), base=post.text.revision)
        run_jobs()
    assert heard(cast.eve) == ["mention"]


def test_an_imported_history_tells_nobody(app, cast, topic):
    with occurring(source="import"):
        write_post(topic.thread, prepare("@ada long ago"), by=cast.viewer("ben"))
    run_jobs()
    assert heard(cast.ada) == []


def test_mail_waits_ten_minutes_and_says_why_it_came(app, cast, topic):
    answer(topic, cast, "ben", "Try **again**.")
    clock.advance(minutes=9)
    run_jobs()
    assert mails(app) == []
    clock.advance(minutes=2)
    run_jobs()
    (mail,) = mails(app)
    assert mail["To"] == "Ada <ada@example.org>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    assert "because somebody answered you" in text
    assert "Try again." in text


def test_a_mail_program_finds_the_way_out_as_it_was_written(app, cast, topic):
    answer(topic, cast, "ben", "Ein Satz mit Umlauten: größer, länger. " * 40)
    clock.advance(minutes=11)
    run_jobs()
    (written,) = (app.config["SETTINGS"].data_dir / "mail").glob("*notice*.eml")
    lines = written.read_bytes().split(b"\r\n")
    assert [line for line in lines if line.startswith(b"List-Unsubscribe: <http")]
    body = lines[lines.index(b"") :]
    assert max(map(len, body)) <= 78 and all(line.isascii() for line in body)


def test_what_was_read_meanwhile_is_not_mailed(client, cast, topic):
    answer(topic, cast, "ben")
    sign_in(client, cast.ada)
    client.get(f"/t/{topic.public_id}")
    buffers.flush()
    run_jobs()
    assert unseen_count(cast.viewer("ada")) == 0
    clock.advance(minutes=11)
    run_jobs()
    assert mails(client.application) == []


@pytest.mark.parametrize("out_of_sight", [delete_topic, hide_topic])
def test_of_a_topic_out_of_sight_nobody_hears(app, cast, topic, out_of_sight):
    answer(topic, cast, "ben", "What @cleo must not read.")
    write_post(topic.thread, prepare("And @eve."), by=cast.viewer("ben"))
    out_of_sight(topic, by=cast.viewer("mo"))
    clock.advance(minutes=11)
    run_jobs()
    assert [mail["To"] for mail in mails(app) if "ada@" not in mail["To"]] == []
    assert heard(cast.eve) == []


def test_one_click_stops_mail_without_signing_in(client, cast, topic):
    answer(topic, cast, "ben")
    clock.advance(minutes=11)
    run_jobs()
    (mail,) = mails(client.application)
    path = mail["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert client.get(f"/{path}").status_code == 200
    answer(topic, cast, "cleo")
    clock.advance(minutes=11)
    run_jobs()
    assert len(mails(client.application)) == 2, "looking at the link stopped nothing"
    assert client.post(f"/{path}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    answer(topic, cast, "eve")
    clock.advance(minutes=11)
    run_jobs()
    assert len(mails(client.application)) == 2
    assert heard(cast.ada)[-1] == "reply", "it still stands on the page"


def test_a_made_up_unsubscribe_link_is_gone(client, cast):
    assert client.post("/unsubscribe/made-up").status_code == 410


def test_a_kind_that_is_not_wanted_by_mail_is_not_mailed(app, cast, topic):
    choose_mail({"reply": False}, by=cast.viewer("ada"))
    answer(topic, cast, "ben")
    clock.advance(minutes=11)
    run_jobs()
    assert mails(app) == []


def test_the_page_says_what_happened_and_counts_what_is_new(client, cast, topic):
    answer(topic, cast, "ben")
    sign_in(client, cast.ada)
    page = client.get("/notifications").text
    assert "Ben answered you in “Row 12,000”" in page
    assert "Mark all as read" in page
    client.post("/notifications/seen")
    assert unseen_count(cast.viewer("ada")) == 0
    assert "Mark all as read" not in client.get("/notifications").text


def test_a_name_from_right_to_left_leaves_the_order_of_the_sentence(client, cast, topic):
    with write_transaction():
        session.get_one(Profile, cast.ben.id).name = "أمل"
    answer(topic, cast, "ben")
    sign_in(client, cast.ada)
    page = client.get("/notifications").text
    assert "\u2068أمل\u2069 answered you in “Row 12,000”" in page
