"""What a search leaves behind: what was shown, opened and missed, and nobody's words."""

import pytest

from community import buffers
from community.database import session
from community.events import EventRow
from community.forum.actions import start_topic
from community.search import indexing
from community.search.models import Miss
from community.spaces.models import Space
from community.texts.preparation import prepare
from community.worker import run_jobs
from tests.conftest import sign_in


@pytest.fixture
def topic(cast):
    indexing.rebuild_index()
    space = session.query(Space).filter_by(slug="help").one()
    topic = start_topic(space, "Walnut table", prepare("It creaks."), by=cast.viewer("al"))
    run_jobs()
    return topic


def recorded(name):
    buffers.flush()
    run_jobs()
    session.rollback()
    return session.query(EventRow).filter_by(name=name).all()


def test_a_search_records_what_it_showed(client, cast, topic):
    shown = ["topic", topic.id]
    sign_in(client, cast.ada).get("/search?q=walnut")
    (event,) = recorded("SearchDone")
    assert event.actor_id == cast.ada.id
    assert (event.payload["total"], event.payload["shown"]) == (1, [shown])
    assert "walnut" not in str(event.payload)


def test_opening_a_result_records_which_place_it_had(client, cast, topic):
    topic_id, public_id = topic.id, topic.public_id
    sign_in(client, cast.ada).get(f"/search/abc/3/topic/{public_id}")
    (event,) = recorded("SearchResultOpened")
    assert (event.payload["search"], event.payload["place"]) == ("abc", 3)
    assert (event.payload["subject_kind"], event.payload["subject_id"]) == ("topic", topic_id)
    assert event.external


def test_words_in_vain_are_counted_without_who_typed_them(client, cast, topic):
    sign_in(client, cast.ada).get("/search?q=Unicorn")
    client.get("/search?q=unicorn")
    assert {event.actor_id for event in recorded("SearchMissed")} == {None}
    (miss,) = session.query(Miss).all()
    assert (miss.words, miss.times) == ("unicorn", 2)


def test_robots_leave_no_trace(client, topic):
    client.get("/search?q=walnut", headers={"User-Agent": "Googlebot/2.1"})
    assert recorded("SearchDone") == []


def test_reindex_says_what_it_did(house, topic):
    answer = house.test_cli_runner().invoke(args=["search", "reindex", "--engine", "fts5"])
    assert answer.exit_code == 0, answer.output
    assert "9 documents indexed with fts5." in answer.output
