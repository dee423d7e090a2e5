from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from community import clock
from community.credentials.models import EmailAddress
from community.database import session
from community.demo.commands import LOGINS, perform
from community.demo.composer import compose
from community.demo.script import read_script
from community.events import EventRow
from community.forum.models import Topic
from community.members.models import Member
from community.threads.models import Post, ReadState, Thread


@pytest.fixture(scope="module")
def script():
    return compose(read_script(clock.now()))


@pytest.fixture
def loaded(sqlite_app, script):
    return perform(script)


def test_the_whole_story_is_played_through_the_products_own_actions(loaded, script):
    posts = sum(len(topic.posts) for topic in script.topics.values())
    written = select(func.count()).select_from(Thread).where(Thread.subject_kind == "topic")
    assert session.scalar(select(func.count()).select_from(Topic)) == len(script.topics)
    assert session.scalar(written) == len(script.topics)
    in_topics = select(func.sum(Thread.last_number)).where(Thread.subject_kind == "topic")
    assert session.scalar(in_topics) == posts
    _every_room_has_its_chapter(script)
    _every_event_has_the_moment_and_the_segment_of_its_actor(script)
    _people_have_read_no_further_than_was_written()
    _nothing_happens_after_now(script)


def _every_room_has_its_chapter(script):
    names = Counter(session.scalars(select(EventRow.name)))
    assert names["PageCreated"] == len(script.pages)
    assert names["PageRevised"] == sum(len(page.revisions) - 1 for page in script.pages)
    assert names["ArticleDrafted"] == len(script.articles)
    assert names["ArticlePublished"] == sum(not article.draft for article in script.articles)
    assert names["SubjectFlagged"] == len(script.flags)
    assert min(names[name] for name in ("IdeaVoted", "ReactionGiven", "PostRead")) > 1_000


def _every_event_has_the_moment_and_the_segment_of_its_actor(script):
    written = session.scalars(select(EventRow).where(EventRow.name == "PostWritten")).all()
    moments = Counter(post.at for topic in script.topics.values() for post in topic.posts)
    in_topics = Counter(e.occurred_at for e in written if e.payload["subject_kind"] == "topic")
    assert in_topics == moments
    segments = dict(session.execute(select(Member.id, Member.segment)).all())
    assert all(event.segment == segments[event.actor_id] for event in written)


def _people_have_read_no_further_than_was_written():
    beyond = select(ReadState).join(Thread).where(ReadState.number > Thread.last_number)
    assert session.scalars(beyond).all() == []


def _nothing_happens_after_now(script):
    assert session.scalar(select(func.max(EventRow.occurred_at))) <= script.now
    assert session.scalar(select(func.max(Post.created_at))) <= script.now


def test_it_is_loaded_once(loaded, sqlite_app):
    before = session.scalar(select(func.count()).select_from(EventRow))
    result = sqlite_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0
    assert session.scalar(select(func.count()).select_from(EventRow)) == before
    assert all(address in result.output for address in _addresses(LOGINS))


def _addresses(usernames):
    members = select(EmailAddress.address)
    return [a for a in session.scalars(members) if a.split("@")[0] in usernames]


def test_it_refuses_a_database_with_somebody_in_it(cast, sqlite_app):
    result = sqlite_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "not empty" in result.output


def test_it_refuses_a_production_site(sqlite_app, monkeypatch):
    secure = replace(sqlite_app.config["SETTINGS"], base_url="https://community.example.com")
    monkeypatch.setitem(sqlite_app.config, "SETTINGS", secure)
    result = sqlite_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert session.scalar(select(func.count()).select_from(Member)) == 0
