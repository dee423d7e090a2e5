"""What happened several times in one conversation is one line, one count and one mail."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from community import buffers, clock
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.jobs import Job
from community.notifications import mailing
from community.notifications.actions import choose_mail
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unseen_count
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import delete_post, write_post
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from tests.community.notifications.test_tell import mails, no_old_mail  # noqa: F401 - a fixture
from tests.conftest import sign_in


@pytest.fixture(autouse=True)
def frozen():
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def topic(house, cast):
    """One that eve watches."""
    ada = cast.viewer("ada")
    made = start_topic(find_space("help", ada), "Row 12,000", prepare("It stops."), by=ada)
    run_jobs()
    watch(made, WatchLevel.WATCHING, by=cast.viewer("eve"))
    return made


def say(topic, cast, *names: str, text: str = "Try again."):
    posts = [write_post(topic.thread, prepare(text), by=cast.viewer(name)) for name in names]
    run_jobs()
    return posts


def lines(cast, name: str) -> list[tuple[str, int]]:
    return [(line.notice.kind, line.count) for line in notices_of(cast.viewer(name)).items]


def test_who_watches_a_topic_finds_its_new_posts_on_one_line(client, cast, topic):
    say(topic, cast, "ben", "cleo", "ben")
    assert lines(cast, "eve") == [("new_post", 3)]
    assert lines(cast, "ada") == [("reply", 3)], "who asked hears of answers"
    assert unseen_count(cast.viewer("eve")) == 1
    sign_in(client, cast.eve)
    page = client.get("/notifications").text
    assert "3 new posts in “Row 12,000”, the last by Ben" in page
    assert "1 unread notification<" in page
    assert "?post=2#p2" in page, "it leads to the first of them"


def test_each_of_them_stays_a_notice_of_its_own(app, cast, topic):
    say(topic, cast, "ben", "cleo", "ben")
    told = select(func.count()).where(Notice.member_id == cast.eve.id)
    assert session.scalar(told) == 3


def test_a_mention_among_them_is_told_by_itself(app, cast, topic):
    say(topic, cast, "ben", "cleo")
    clock.advance(minutes=1)
    say(topic, cast, "ben", text="What does @eve say?")
    assert lines(cast, "eve") == [("mention", 1), ("new_post", 2)]
    assert unseen_count(cast.viewer("eve")) == 2


def test_two_conversations_are_two_lines(app, cast, topic):
    eve, ada = cast.viewer("eve"), cast.viewer("ada")
    other = start_topic(find_space("help", ada), "Exports", prepare("Also."), by=ada)
    run_jobs()
    watch(other, WatchLevel.WATCHING, by=eve)
    say(topic, cast, "ben", "cleo")
    clock.advance(minutes=1)
    say(other, cast, "ben")
    assert lines(cast, "eve") == [("new_post", 1), ("new_post", 2)]


def test_what_comes_after_one_looked_is_a_line_of_its_own(client, cast, topic):
    say(topic, cast, "ben", "cleo")
    sign_in(client, cast.eve)
    client.get(f"/t/{topic.public_id}")
    buffers.flush()
    run_jobs()
    clock.advance(minutes=1)
    say(topic, cast, "ben", "cleo", "ben")
    assert lines(cast, "eve") == [("new_post", 3), ("new_post", 2)]
    assert unseen_count(cast.viewer("eve")) == 1
    assert "?post=4#p4" in client.get("/notifications").text


def test_a_post_that_was_deleted_is_not_counted(app, cast, topic):
    posts = say(topic, cast, "ben", "cleo", "ben")
    delete_post(posts[2], by=cast.viewer("ben"))
    run_jobs()
    assert lines(cast, "eve") == [("new_post", 2)]


def test_lines_are_paged_and_none_stands_on_two_pages(app, cast, topic):
    eve, ada = cast.viewer("eve"), cast.viewer("ada")
    watch(find_space("help", eve), WatchLevel.WATCHING, by=eve)
    for number in range(31):
        made = start_topic(find_space("help", ada), f"Topic {number}", prepare("New."), by=ada)
        write_post(made.thread, prepare("Me, too."), by=cast.viewer("ben"))
    run_jobs()
    first = notices_of(eve)
    second = notices_of(eve, token=first.next)
    assert [line.count for line in first.items] == [2] * 30
    assert [line.count for line in second.items] == [2]
    assert unseen_count(eve) == 31


def test_ten_minutes_of_posts_are_one_mail_with_what_each_said(app, cast, topic):
    say(topic, cast, "ben", text="Try **once** more.")
    clock.advance(minutes=8)
    say(topic, cast, "cleo", text="It works here.")
    clock.advance(minutes=3)
    run_jobs()
    (mail,) = [mail for mail in mails(app) if mail["To"].startswith("Eve")]
    assert mail["Subject"] == "2 new posts in “Row 12,000”, the last by Cleo"
    said = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Ben:\n\nTry once more.\n\nCleo:\n\nIt works here.\n" in said
    assert "?post=2#p2" in said
    clock.advance(minutes=30)
    run_jobs()
    assert len([mail for mail in mails(app) if mail["To"].startswith("Eve")]) == 1


def test_a_mail_of_many_posts_holds_the_first_ones(app, cast, topic, monkeypatch):
    monkeypatch.setattr(mailing, "MOST_SAID", 2)
    say(topic, cast, "ben", "cleo", "ben", "cleo", "ben")
    clock.advance(minutes=11)
    run_jobs()
    (mail,) = [mail for mail in mails(app) if mail["To"].startswith("Eve")]
    said = mail.get_body(("plain",)).get_content()
    assert said.count("Try again.") == 2
    assert "And 3 more." in said


def test_who_wants_mail_again_is_not_told_of_what_was_before(app, cast, topic):
    choose_mail({"new_post": False}, by=cast.viewer("eve"))
    say(topic, cast, "ben", text="Of last week.")
    clock.advance(days=3)
    choose_mail({"new_post": True}, by=cast.viewer("eve"))
    say(topic, cast, "cleo", text="Of today.")
    clock.advance(minutes=11)
    run_jobs()
    (mail,) = [mail for mail in mails(app) if mail["To"].startswith("Eve")]
    said = mail.get_body(("plain",)).get_content()
    assert "Of today." in said and "Of last week." not in said


def test_what_another_worker_has_mailed_meanwhile_is_left_out(app, cast, topic, monkeypatch):
    """Between composing and sending; the rest is composed anew and lost to nobody."""
    first, second = say(topic, cast, "ben", "cleo")
    claim, seen = mailing._claim, []

    def claim_second(ids):
        if not seen:
            mine = Notice.subject_id == first.id
            session.execute(Notice.__table__.update().where(mine).values(mailed_at=clock.now()))
        seen.append(len(ids))
        return claim(ids)

    monkeypatch.setattr(mailing, "_claim", claim_second)
    about = (Notice.member_id == cast.eve.id, Notice.subject_id == second.id)
    mailing.mail_notice(session.scalars(select(Notice.id).where(*about)).one())
    assert seen == [2, 1]
    with write_transaction():
        assert session.scalars(select(Notice.mailed_at).where(*about)).one()


def test_who_is_mailed_by_others_again_and_again_is_mailed_a_little_later(
    app, cast, topic, monkeypatch
):
    claim, tries = mailing._claim, []

    def claim_in_vain(ids):
        tries.append(ids)
        assert len(tries) < 100, "it would go on for ever"

    monkeypatch.setattr(mailing, "_claim", claim_in_vain)
    say(topic, cast, "ben")
    clock.advance(minutes=11)
    run_jobs()
    put_off = select(func.count()).where(Job.kind == "notifications.mail", Job.tries == 1)
    waiting = session.scalar(put_off)
    assert waiting and len(tries) == waiting * mailing.MOST_TRIES
    monkeypatch.setattr(mailing, "_claim", claim)
    clock.advance(minutes=1)
    run_jobs()
    assert len([mail for mail in mails(app) if mail["To"].startswith("Eve")]) == 1
