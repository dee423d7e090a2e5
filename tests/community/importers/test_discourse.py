"""A Discourse forum becomes spaces, topics and posts, at the time they were written."""

import gzip
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from community import identifiers
from community.counters import wrong_counts
from community.database import session
from community.errors import Invalid
from community.events import EventRow
from community.forum.models import Topic, TopicKind
from community.importers.discourse import bringing_in
from community.importers.discourse.bringing_in import import_discourse
from community.members.models import Member, Profile, Segment
from community.privacy.actions import ask_for_erasure
from community.privacy.erasing import erase
from community.tagging.models import Tag, Tagging
from community.texts.models import Mention
from community.threads.models import Post, Thread
from community.viewer import viewer_of
from tests.community.importers.forum import bring_in, said, topic
from tests.community.importers.tables import contents

SWARM = topic(
    11,
    "My first swarm",
    said(1, "mira", "They left on Sunday.", day=1),
    said(2, "Jo.Berg", "Did @mira see where to?", day=2, likes=3),
    said(3, "mira", "To the old pear tree.", day=3, reply_to_post_number=2, likes=1),
    said(5, "tilda", "Put a box under it.", day=4, accepted_answer=True),
    said(6, "tilda", "", day=5, post_type=3),
    views=41,
    closed=True,
    tags=["Swarms", {"id": 2, "name": "spring"}],
)
HONEY = topic(12, "Dark honey", said(1, "tilda", "Fir or oak?", day=6), category_id=6)


def one_topic(title: str) -> Topic:
    return session.scalars(select(Topic).where(Topic.title == title)).one()


def numbered(title: str, number: int) -> Post:
    thread = one_topic(title).thread_id
    return session.scalars(
        select(Post).where(Post.thread_id == thread, Post.number == number)
    ).one()


def test_a_topic_is_here_with_all_that_is_known_of_it(app, database, tmp_path):
    report = bring_in(tmp_path, SWARM, HONEY)
    swarm, honey = one_topic("My first swarm"), one_topic("Dark honey")
    thread = swarm.thread
    assert (thread.post_count, thread.last_number, thread.view_count) == (5, 6, 41)
    assert thread.created_at == datetime(2021, 3, 1, 8, 1, tzinfo=UTC)
    assert thread.first_response_at == datetime(2021, 3, 2, 8, 2, tzinfo=UTC)
    assert swarm.active_at == thread.locked_at == datetime(2021, 3, 5, 8, 6, tzinfo=UTC)
    assert numbered("My first swarm", 2).tally == 3
    assert numbered("My first swarm", 3).reply_to.number == 2
    assert swarm.accepted_post.number == 5
    assert (swarm.kind, honey.kind) == (TopicKind.QUESTION, TopicKind.DISCUSSION)
    assert (swarm.space.name, honey.space.name) == ("bees 5", "bees 6")
    assert set(session.scalars(select(Tag.name).join(Tagging))) == {"swarms", "spring"}
    assert report.written == {
        "users": 4,
        "topics": 2,
        "posts": 6,
        "likes": 4,
        "replies": 1,
        "accepted": 1,
    }


def test_a_second_import_changes_nothing(app, database, tmp_path):
    bring_in(tmp_path, SWARM, HONEY)
    before = contents()
    report = bring_in(tmp_path, SWARM, HONEY)
    assert contents() == before
    assert report.written.total() == 0
    assert report.known["posts"] == 6


def test_a_later_file_adds_what_is_new(app, database, tmp_path):
    bring_in(tmp_path, SWARM)
    more = said(8, "mira", "They are in the box.", day=9, reply_to_post_number=5)
    grown = {**SWARM, "posts": [*SWARM["posts"], more]}
    report = bring_in(tmp_path, grown, HONEY)
    assert report.written["posts"] == 2
    thread = one_topic("My first swarm").thread
    assert (thread.post_count, thread.last_number) == (6, 8)
    assert numbered("My first swarm", 8).reply_to.number == 5


def test_an_import_that_was_cut_off_is_completed_by_the_next(sqlite_app, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(bringing_in, "POSTS_AT_ONCE", 1)
        patched.setattr(bringing_in, "plan", once(bringing_in.plan))
        with pytest.raises(OSError):
            bring_in(tmp_path, SWARM, HONEY, topic(13, "Wax", said(1, "mira", "How?")))
    assert session.scalar(select(func.count()).select_from(Topic)) < 3
    bring_in(tmp_path, SWARM, HONEY, topic(13, "Wax", said(1, "mira", "How?")))
    assert session.scalar(select(func.count()).select_from(Topic)) == 3


def once(call):
    """Twice, and then the disk is full."""
    calls = []

    def called(*given):
        calls.append(given)
        if len(calls) > 2:
            raise OSError
        return call(*given)

    return called


def test_people_keep_their_names_and_what_they_are(app, database, tmp_path):
    gone = topic(14, "Mead", said(1, None, "I leave.", day=7), said(2, None, "Bye.", day=8))
    bring_in(tmp_path, SWARM, HONEY, gone, employees=frozenset({"7"}))
    names = dict(session.execute(select(Profile.username, Member.segment).join(Member)).all())
    assert names.pop("mira") == names.pop("Jo.Berg") == Segment.CUSTOMER
    assert names.pop("tilda") == Segment.EMPLOYEE
    bot, placeholder = sorted(names)[::-1]
    assert bot.startswith("system-") and names[bot] == Segment.BOT
    assert placeholder.startswith("deleted-user-") and names[placeholder] == Segment.CUSTOMER
    told = select(EventRow.segment).where(EventRow.name == "PostWritten").distinct()
    assert set(session.scalars(told)) == {"customer", "employee", "bot"}
    joined = dict(session.execute(select(Profile.username, Member.joined_at).join(Member)).all())
    assert joined["mira"] == datetime(2021, 3, 1, 8, 1, tzinfo=UTC)


def test_a_name_that_is_taken_here_is_mentioned_by_its_new_one(app, database, cast, tmp_path):
    hello = said(2, "tilda", "Thanks, @ada! `@ada`")
    by_ada = said(1, "ada", "A bee or a wasp?", user_id=90)
    bring_in(tmp_path, topic(15, "Bee or wasp", by_ada, hello))
    asker = one_topic("Bee or wasp").author
    assert asker.id != cast.ada.id
    assert asker.username.startswith("ada-")
    post = numbered("Bee or wasp", 2)
    assert f'href="/people/{asker.username}"' in post.text.html
    assert set(session.scalars(select(Mention.member_id))) == {asker.id}


def test_who_was_erased_is_not_brought_back(app, database, tmp_path):
    quoting = said(2, "tilda", '[quote="mira, post:1, topic:11"]\nSunday.\n[/quote]\n@mira?')
    forum = (SWARM, topic(19, "Again", said(1, "Jo.Berg", "Hm."), quoting))
    bring_in(tmp_path, *forum)
    mira = one_topic("My first swarm").author
    ask_for_erasure(mira, by=viewer_of(mira))
    erase(mira.id)
    before = contents()
    assert "mira" not in numbered("Again", 2).text.source
    assert bring_in(tmp_path, *forum).written.total() == 0
    assert contents() == before


def test_what_the_system_did_says_whose_hand_it_was(sqlite_app, tmp_path):
    bring_in(tmp_path, SWARM)
    closed = numbered("My first swarm", 6)
    assert closed.author.segment == Segment.BOT
    assert closed.text.source == "@tilda"


def test_a_hidden_post_and_an_unlisted_topic_stay_out_of_sight(client, tmp_path):
    rude = said(2, "Jo.Berg", "You are a drone!", hidden=True)
    bring_in(
        tmp_path,
        topic(16, "Queens", said(1, "mira", "Which?"), rude),
        topic(17, "Unlisted", said(1, "mira", "Not for the list."), visible=False),
    )
    queens = one_topic("Queens")
    assert queens.thread.post_count == 1
    page = client.get(f"/t/{queens.public_id}/{queens.slug}").text
    assert "Which?" in page and "drone" not in page
    assert client.get(f"/t/{one_topic('Unlisted').public_id}/unlisted").status_code == 404


def test_everything_happened_when_it_happened(sqlite_app, tmp_path):
    bring_in(tmp_path, SWARM)
    rows = session.execute(
        select(EventRow.name, EventRow.occurred_at, EventRow.payload, EventRow.source)
        .where(EventRow.name != "MemberJoined")
        .order_by(EventRow.id)
    ).all()
    assert {row.source for row in rows} == {"import"}
    posts = {row.payload["post_id"]: row for row in rows if row.name == "PostWritten"}
    answer, remark = numbered("My first swarm", 5), numbered("My first swarm", 3)
    opening = numbered("My first swarm", 1)
    assert posts[opening.id].payload["opening"]
    assert posts[remark.id].payload["to_post_id"] == remark.reply_to_id
    assert posts[answer.id].payload["to_post_id"] == opening.id
    assert posts[answer.id].occurred_at == datetime(2021, 3, 4, 8, 5, tzinfo=UTC)
    accepted = next(row for row in rows if row.name == "AnswerAccepted")
    assert accepted.payload["post_id"] == answer.id
    assert accepted.occurred_at == answer.created_at


def test_the_counts_beside_the_rows_are_right(sqlite_app, tmp_path):
    bring_in(tmp_path, SWARM, HONEY, topic(18, "B", said(2, "mira", "x"), said(1, "mira", "y")))
    assert list(wrong_counts()) == []


def test_a_file_without_topics_is_refused(sqlite_app, tmp_path):
    for nothing in ("", "[]", '{"id": 1}'):
        (tmp_path / "none.jsonl").write_text(nothing)
        with pytest.raises(Invalid):
            import_discourse(tmp_path / "none.jsonl")


def test_the_command_tells_what_became_of_every_row(sqlite_app, tmp_path):
    bring_in(tmp_path, SWARM)
    (tmp_path / "staff.txt").write_text("7\n\n")
    packed = tmp_path / "forum.jsonl.gz"
    packed.write_bytes(gzip.compress((tmp_path / "forum.jsonl").read_bytes() + b"\n{torn"))
    done = sqlite_app.test_cli_runner().invoke(
        args=["import", "discourse", str(packed), "--employees", str(tmp_path / "staff.txt")]
    )
    assert done.exit_code == 0, done.output
    assert "posts        read       5  written       5" in done.output
    assert "refused lines 2: it is no whole JSON" in done.output
    assert session.scalar(select(func.count()).select_from(Thread)) == 2


def test_ids_that_come_out_alike_keep_nothing_out(sqlite_app, tmp_path, monkeypatch):
    bring_in(tmp_path, SWARM)
    before = session.scalar(select(func.count()).select_from(Post))
    alike = iter("2" * 8 * 12)
    by_chance = identifiers.secrets.choice
    monkeypatch.setattr(identifiers.secrets, "choice", lambda all_: next(alike, by_chance(all_)))
    args = ["import", "discourse", str(tmp_path / "forum.jsonl"), "--name", "once more"]
    done = sqlite_app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0, done.output
    assert "An id was drawn that is taken" in done.output
    assert session.scalar(select(func.count()).select_from(Post)) == 2 * before
