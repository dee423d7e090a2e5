"""The search page as people meet it."""

import shutil

import pytest

from community.config import settings
from community.database import session
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.search import indexing
from community.search.queries import similar_to
from community.spaces.models import Space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of


@pytest.fixture
def topics(cast):
    indexing.rebuild_index()
    for slug, title in (("help", "Walnut table"), ("floor", "Walnut canary")):
        space = session.query(Space).filter_by(slug=slug).one()
        start_topic(space, title, prepare("Some text."), by=cast.viewer("al"))
    run_jobs()


def test_people_are_found_by_those_who_may_open_the_directory(database, client, cast, topics):
    assert "Ben</mark>" not in client.get("/search?q=ben").text
    page = sign_in(client, cast.ada).get("/search?q=ben").text
    assert "<mark>Ben</mark>" in page
    way = page.split('<h2 class="topic__title" dir="auto"><a href="')[1].split('"')[0]
    assert client.get(way).location == "/people/ben"


def test_a_visitor_finds_what_is_public_and_nothing_hints_at_more(client, topics):
    page = client.get("/search?q=walnut").text
    assert "<mark>Walnut</mark> table" in page
    assert "canary" not in page
    assert "Everything" in page and "Topics 1" in page


def test_an_employee_finds_more(client, cast, topics):
    assert "canary" in sign_in(client, cast.eve).get("/search?q=walnut").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"unclosed AND (', "Searched literally for"),
        ("' OR 1=1--", "Nothing found"),
        ("*", "Nothing found"),
        ("walnut unicorn", "what comes close"),
        ("xyzzy", "Nothing found"),
        ("", "without this word"),
    ],
)
def test_every_search_is_answered_in_words(client, topics, typed, said):
    answer = client.get("/search", query_string={"q": typed})
    assert answer.status_code == 200
    assert said in answer.text


def test_more_than_two_hundred_characters_are_refused_with_a_reason(client, topics):
    answer = client.get("/search", query_string={"q": "x" * 2000})
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.text


@pytest.mark.parametrize("after", ["-1", "999999999", "abc", "1e9"])
def test_a_nonsensical_page_is_answered(client, topics, after):
    assert client.get(f"/search?q=walnut&after={after}").status_code == 200


def test_a_result_leads_to_its_page(client, topics):
    page = client.get("/search?q=walnut").text
    way = page.split('<h2 class="topic__title" dir="auto"><a href="')[1].split('"')[0]
    answer = client.get(way)
    assert answer.status_code == 303
    assert answer.location.startswith("/t/")


def test_the_way_to_an_unseen_result_is_that_to_none(client, cast, topics):
    hidden = session.query(Topic).filter_by(title="Walnut canary").one().public_id
    unseen = client.get(f"/search/abc/1/topic/{hidden}")
    absent = client.get("/search/abc/1/topic/zzzzzzzz")
    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert unseen.data == absent.data
    assert client.get("/search/abc/1/nothing/zzzzzzzz").data == absent.data


def test_suggestions_hold_only_what_may_be_seen(client, topics):
    fragment = client.get("/search/suggest?q=waln").text
    assert "table" in fragment
    assert "canary" not in fragment


def test_a_page_of_many_kinds_asks_the_database_no_more_often(database, client, cast, topics):
    space = session.query(Space).filter_by(slug="help").one()
    for number in range(5):
        topic = start_topic(space, f"Walnut {number}", prepare("Oak."), by=cast.viewer("ada"))
        write_post(topic.thread, prepare("A walnut reply."), by=cast.viewer("ben"))
    run_jobs()
    assert len(statements_of(sign_in(client, cast.ada), "/search?q=walnut+ben")) <= PER_PAGE


def test_a_result_says_where_it_stands_and_who_wrote_it(client, cast, topics):
    page = sign_in(client, cast.eve).get("/search?q=walnut").text
    assert "<bdi>Help</bdi> · <bdi>Al</bdi> ·" in page
    person = client.get("/search?q=ben&type=member").text
    assert '<p class="topic__meta"><span class="word">person</span> <relative-time' in person


def test_without_an_index_the_page_says_so(client, cast):
    shutil.rmtree(settings().data_dir / "search", ignore_errors=True)
    answer = client.get("/search?q=walnut")
    assert answer.status_code == 503
    assert "being built" in answer.text
    assert client.get("/search/suggest?q=waln").status_code == 200


def test_similar_titles_are_offered_within_ones_audiences(house, cast, topics):
    with house.test_request_context():
        offered = similar_to("a walnut bench", cast.viewer("ada"), kind="topic")
        assert [one.row.title for one in offered] == ["Walnut table"]
        assert len(similar_to("a walnut bench", cast.viewer("eve"), kind="topic")) == 2
