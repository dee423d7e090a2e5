"""What is new and unread: one rule, the same number on every page."""

from datetime import timedelta

from sqlalchemy import text

from community import buffers, clock
from community.database import session, write_transaction
from community.forum.care import delete_topic, move_topic
from community.forum.queries import unread_topics
from community.forum.unread import mark_read, spaces_with_unread, standings, unread_in_spaces
from community.spaces.queries import find_space
from community.tagging.models import Tag, Tagging
from community.threads.actions import delete_post
from community.watching.models import Watch, WatchLevel
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def unread(cast, name):
    viewer = cast.viewer(name)
    return {topic.id for topic in unread_topics(viewer).items}


def read(app, cast, name, topic):
    sign_in(app.test_client(), getattr(cast, name)).get(f"/t/{topic.public_id}")
    buffers.flush()
    session.rollback()


def test_a_new_topic_is_new_to_others_and_not_to_its_author(app, cast):
    topic = ask(cast)
    assert unread(cast, "ben") == {topic.id}
    assert unread(cast, "ada") == set()


def test_opening_it_ends_that_and_an_answer_begins_it_again(app, cast):
    topic = ask(cast)
    read(app, cast, "ben", topic)
    assert unread(cast, "ben") == set()
    answer(cast, topic, "cleo")
    assert unread(cast, "ben") == unread(cast, "ada") == {topic.id}
    lines = unread_topics(cast.viewer("ben")).items
    stands = standings(lines, cast.viewer("ben"))[topic.id]
    assert (stands.read, stands.unread) == (1, 1)
    read(app, cast, "ben", topic)
    assert unread(cast, "ben") == set()


def test_what_one_writes_oneself_is_not_unread(app, cast):
    topic = ask(cast)
    answer(cast, topic, "ada")
    assert unread(cast, "ada") == set()


def test_a_post_that_was_deleted_is_not_unread(app, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    assert unread(cast, "ada") == {topic.id}
    delete_post(post, by=cast.viewer("ben"))
    assert unread(cast, "ada") == set()


def test_topics_older_than_two_weeks_or_than_oneself_are_not_new(app, cast):
    with clock.at(clock.now() - timedelta(days=1)):
        ask(cast)
    assert unread(cast, "ben") == set()
    topic = ask(cast)
    with clock.at(clock.now() + timedelta(days=13)):
        assert unread(cast, "ben") == {topic.id}
    with clock.at(clock.now() + timedelta(days=15)):
        assert unread(cast, "ben") == set()


def test_what_one_cannot_read_is_never_counted(app, cast):
    secret, gone, moved = ask(cast, "eve", space="floor"), ask(cast), ask(cast)
    delete_topic(gone, by=cast.viewer("mo"))
    read(app, cast, "ben", moved)
    answer(cast, moved, "cleo")
    move_topic(moved, find_space("floor", cast.viewer("al")), by=cast.viewer("al"))
    assert unread(cast, "ben") == set()
    assert {name.slug: count for name, count in spaces_with_unread(cast.viewer("ben"))} == {
        "help": 0,
        "nordlicht": 0,
        "plaza": 0,
    }
    assert secret.id in unread(cast, "pam")


def test_the_number_is_the_same_on_every_page(app, cast):
    for space in ("help", "help", "plaza"):
        topic = ask(cast, space=space)
    client = sign_in(app.test_client(), cast.ben)
    for url in ("/", "/latest", "/unread", "/top", "/unanswered", "/c/help", "/c/plaza"):
        page = client.get(url).text
        assert ">Unread</a><span>3</span>" in page, url
    assert "3 topics unread" in client.get("/").text
    read(app, cast, "ben", topic)
    for url in ("/", "/latest", "/unread", "/c/help"):
        assert ">Unread</a><span>2</span>" in client.get(url).text, url
    assert len(unread(cast, "ben")) == 2


def test_all_is_read_at_once_in_one_space_or_everywhere(app, cast):
    ask(cast)
    there = ask(cast, space="plaza")
    ben = cast.viewer("ben")
    assert mark_read(by=ben, space=find_space("help", ben)) == 1
    assert unread(cast, "ben") == {there.id}
    client = sign_in(app.test_client(), cast.ben)
    assert client.post("/unread/marks", data={"next": "//evil.example"}).location == "/latest"
    session.rollback()
    assert unread(cast, "ben") == set()
    assert mark_read(by=ben) == 0


def test_who_has_read_everything_is_not_asked_to_mark_it(app, cast):
    topic = ask(cast)
    client = sign_in(app.test_client(), cast.ben)
    for url in ("/", "/unread", "/c/help"):
        assert "Mark all read" in client.get(url).text, url
    read(app, cast, "ben", topic)
    for url in ("/", "/unread", "/latest", "/c/help", "/c/plaza"):
        assert "Mark all read" not in client.get(url).text, url


def test_a_visitor_has_nothing_unread_to_mark(client, cast):
    ask(cast)
    assert client.post("/unread/marks").status_code == 401
    assert "new for you" not in client.get("/").text


def test_the_list_leads_to_the_first_unread_post(app, cast):
    topic = ask(cast)
    read(app, cast, "ben", topic)
    answer(cast, topic, "cleo")
    page = sign_in(app.test_client(), cast.ben).get("/unread").text
    assert f"/t/{topic.public_id}/{topic.slug}?post=2#unread" in page
    assert "1 new" in page


def choose(member, kind, key, level):
    with write_transaction():
        session.add(
            Watch(member_id=member.id, subject_kind=kind, subject_id=key, level=WatchLevel(level))
        )


def test_the_more_specific_choice_says_what_is_muted(app, cast):
    topic, other = ask(cast), ask(cast)
    with write_transaction():
        tag = Tag(name="import")
        session.add(tag)
        session.flush()
        tag_id = tag.id
        session.add(Tagging(tag_id=tag_id, subject_kind="topic", subject_id=topic.id))
    choose(cast.ben, "space", topic.space_id, "muted")
    assert unread(cast, "ben") == set()
    choose(cast.ben, "tag", tag_id, "normal")
    assert unread(cast, "ben") == {topic.id}
    choose(cast.ben, "topic", topic.id, "muted")
    choose(cast.ben, "topic", other.id, "tracking")
    assert unread(cast, "ben") == {other.id}
    assert unread(cast, "cleo") == {topic.id, other.id}


def test_what_is_new_among_many_old_topics_is_found_without_reading_them(sqlite_app, cast):
    asked = unread_in_spaces(cast.viewer("ben")).compile(
        session.connection(), compile_kwargs={"literal_binds": True}
    )
    plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
    along = "INDEX ix_topic_audience_id_created_at (audience_id=? AND created_at>?)"
    assert any(along in step for step in plan)
