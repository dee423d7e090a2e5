"""From an action to the index: what is written is found, what is taken away is not."""

import pytest
from sqlalchemy import text

from community.database import session, write_transaction
from community.errors import Busy
from community.events import emit
from community.forum.actions import start_topic
from community.forum.care import delete_topic, move_topic, restore_topic, retitle_topic
from community.members.events import ProfileChanged
from community.search import generations, indexing, jobs
from community.search.fts5_engine import FTS5Engine
from community.search.models import Waiting
from community.search.queries import search_for
from community.search.showing import find_result
from community.spaces.models import Space
from community.tagging.models import Tag, Tagging
from community.texts.preparation import prepare
from community.threads.actions import delete_post, edit_post, restore_post, write_post
from community.threads.models import Post
from community.worker import run_jobs

in_files = pytest.mark.parametrize("database", ["sqlite"], scope="session")
in_tables = pytest.mark.parametrize("database", ["postgresql"], scope="session")


@pytest.fixture
def space(app, cast):
    indexing.rebuild_index()
    with app.test_request_context():
        yield session.query(Space).filter_by(slug="help").one()


def topic_by(viewer, space, title="Walnut table", text="It creaks."):
    return start_topic(space, title, prepare(text), by=viewer)


def found(cast, words, name="ada"):
    session.rollback()
    return [str(one.hit.title.striptags()) for one in search_for(words, cast.viewer(name)).lines]


def test_a_new_topic_is_found_once_the_worker_came_by(cast, space):
    topic_by(cast.viewer("ada"), space)
    run_jobs()
    assert found(cast, "walnut creak") == ["Walnut table"]


def test_a_reply_is_found_under_the_topics_title(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    (shown,) = search_for("hinges", cast.viewer("cleo")).lines
    assert (shown.hit.kind, shown.hit.title) == ("post", "Walnut table")
    _post, url = find_result("post", shown.hit.public_id, cast.viewer("cleo"))
    assert url.endswith("?post=2#p2")


def test_an_edited_opening_post_is_found_by_its_new_words(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    post = session.query(Post).filter_by(thread_id=topic.thread_id).one()
    edit_post(post, prepare("It squeaks."), by=cast.viewer("ada"), base=1)
    run_jobs()
    assert found(cast, "squeak") == ["Walnut table"]
    assert found(cast, "creak") == []


def test_a_tag_leads_to_what_carries_it(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    with write_transaction():
        session.add(tag := Tag(name="furniture"))
        session.flush()
        session.add(Tagging(tag_id=tag.id, subject_kind="topic", subject_id=topic.id))
    run_jobs()
    assert found(cast, "tag:furniture") == ["Walnut table"]
    assert found(cast, "furniture") == ["Walnut table"]
    assert found(cast, "walnut -tag:furniture") == []


def test_a_deleted_post_is_not_found_until_it_is_restored(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    post = write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    delete_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert found(cast, "hinges") == []
    assert search_for("hinges", cast.viewer("al")).results.total == 0
    restore_post(post, by=cast.viewer("ben"))
    run_jobs()
    assert found(cast, "hinges") == ["Walnut table"]


def test_what_was_taken_away_a_moment_ago_is_not_shown_even_before_the_worker_comes(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    post = write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    delete_post(post, by=cast.viewer("ben"))
    assert found(cast, "hinges", "cleo") == []


def test_a_renamed_author_is_found_by_the_new_name(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ada"))
    run_jobs()
    with write_transaction():
        cast.ada.profile.username = "lovelace"
        emit(ProfileChanged(actor_id=cast.ada.id, member_id=cast.ada.id, renamed=True))
    run_jobs()
    assert search_for("author:ada", cast.viewer("ben")).results.total == 0
    (shown,) = search_for("hinges author:lovelace", cast.viewer("ben")).lines
    assert shown.hit.author == "lovelace"


def test_a_retitled_topic_takes_its_posts_along(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    retitle_topic(topic, "Oak table", by=cast.viewer("ada"))
    run_jobs()
    assert found(cast, "walnut") == []
    assert found(cast, "hinges") == ["Oak table"]


def test_a_deleted_topic_takes_its_posts_along(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    delete_topic(topic, by=cast.viewer("mo"))
    run_jobs()
    assert search_for("hinges", cast.viewer("al")).results.facets == {}
    restore_topic(topic, by=cast.viewer("mo"))
    run_jobs()
    assert found(cast, "hinges") == ["Walnut table"]


def test_a_moved_topic_is_found_by_those_who_can_read_its_new_place(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    write_post(topic.thread, prepare("Oil the hinges."), by=cast.viewer("ben"))
    run_jobs()
    floor = session.query(Space).filter_by(slug="floor").one()
    move_topic(topic, floor, by=cast.viewer("al"))
    run_jobs()
    assert search_for("hinges", cast.viewer("ada")).results.facets == {}
    assert found(cast, "hinges space:floor", "eve") == ["Walnut table"]


def test_a_row_that_changes_while_it_is_indexed_keeps_waiting(cast, space):
    with write_transaction():
        indexing.let_wait([("topic", 1)])
    batch = indexing._next_batch()
    with write_transaction():
        indexing.let_wait([("topic", 1)])
    indexing._done(batch)
    assert indexing.is_waiting()
    indexing._done(indexing._next_batch())
    assert not indexing.is_waiting()


def test_during_a_rebuild_changes_wait(cast, space):
    topic_by(cast.viewer("ada"), space)
    with indexing.place().writing_now():
        run_jobs()
        assert session.query(Waiting).count() == 1
    session.rollback()
    jobs.look_after()
    run_jobs()
    assert found(cast, "walnut") == ["Walnut table"]


@in_files
def test_a_torn_index_is_rebuilt_without_a_human(cast, space):
    topic_by(cast.viewer("ada"), space)
    run_jobs()
    for file in indexing.place().current().directory.glob("*.seg"):
        file.write_bytes(b"")
    generations.forget()
    assert not indexing.is_in_order()
    indexing.place().doubt()
    jobs.look_after()
    run_jobs()
    assert found(cast, "walnut") == ["Walnut table"]


@in_tables
def test_tables_that_are_gone_are_built_again_without_a_human(cast, space, database):
    topic_by(cast.viewer("ada"), space)
    run_jobs()
    session.execute(text("DROP TABLE search_index_term"))
    session.commit()
    with pytest.raises(Busy):
        found(cast, "walnut")
    jobs.look_after()
    run_jobs()
    assert found(cast, "walnut") == ["Walnut table"]


@in_files
def test_an_outgrown_index_moves_to_the_larger_engine(cast, space, monkeypatch):
    topic_by(cast.viewer("ada"), space)
    run_jobs()
    monkeypatch.setattr(generations, "WHOOSH_UP_TO", 0)
    jobs.look_after()
    run_jobs()
    assert isinstance(indexing.place().current(), FTS5Engine)
    assert found(cast, "walnut") == ["Walnut table"]


def test_the_daily_comparison_finds_what_the_events_missed(cast, space):
    topic = topic_by(cast.viewer("ada"), space)
    run_jobs()
    engine = indexing.place().current()
    engine.write([], [("topic", topic.id)])
    assert indexing.compare() == 1
    indexing.index_waiting()
    assert found(cast, "walnut") == ["Walnut table"]
    assert indexing.compare() == 0
