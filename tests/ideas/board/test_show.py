"""An idea's page: what it says, to whom, and that opening it is recorded."""

import pytest

from community.buffers import flush
from community.database import session
from community.events import EventRow
from ideas.board.statuses import Status
from ideas.voting.actions import vote_for
from tests.conftest import sign_in
from tests.ideas.proposals import REASON, decide, employees_board, propose, walk
from tests.ideas.ranking.test_pages import PERSON
from tests.sql import PER_PAGE, statements_of


def test_who_wants_it_is_split_by_segment_for_everybody(client, cast):
    idea = propose(cast)
    for name in ("ben", "cleo", "eve"):
        vote_for(idea, by=cast.viewer(name))
    page = client.get(f"/ideas/{idea.public_id}").text
    assert "<span>Customers</span><span>2</span>" in page
    assert "<span>Employees</span><span>1</span>" in page
    assert "<span>Organizations</span><span>2</span>" in page


def test_only_employees_read_the_names_of_organizations(client, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("cleo"))
    url = f"/ideas/{idea.public_id}"
    assert "Harbour" not in sign_in(client, cast.ada).get(url).text
    client.post("/sign-out")
    assert "Harbour" in sign_in(client, cast.eve).get(url).text


def test_an_idea_that_is_not_open_to_one_is_as_one_that_never_was(client, cast):
    employees_board()
    idea = propose(cast, by="eve", board="inside")
    sign_in(client, cast.ada)
    for path in ("", "/edit", "/status", "/response"):
        hidden = client.get(f"/ideas/{idea.public_id}{path}")
        absent = client.get(f"/ideas/aaaaaaaa{path}")
        assert (hidden.status_code, hidden.data) == (404, absent.data)


def test_the_official_response_stands_above_the_text(client, cast):
    idea = propose(cast)
    walk(cast, idea, Status.UNDER_REVIEW, Status.DECLINED)
    page = client.get(f"/ideas/{idea.public_id}").text
    assert page.index(REASON) < page.index("One filter, 4,000 records.")
    assert page.count(REASON) == 1


def test_the_history_tells_every_step(client, cast):
    idea = propose(cast)
    steps = [
        Status.UNDER_REVIEW,
        Status.PLANNED,
        Status.IN_PROGRESS,
        Status.TESTING,
        Status.SHIPPED,
        Status.MEASURED,
    ]
    walk(cast, idea, *steps)
    page = client.get(f"/ideas/{idea.public_id}").text
    assert "6 steps so far" in page
    assert "Shipped and measured in 7.3" in page
    assert "Restores fell from 17 a month to 3." in page


def test_a_link_leads_to_where_it_exists(client, cast):
    idea = propose(cast)
    decide(cast, idea, Status.ALREADY_EXISTS)
    assert 'href="/wiki/handbook/start"' in client.get(f"/ideas/{idea.public_id}").text


def test_a_comment_can_be_written_below(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    answer = client.post(f"/threads/{idea.thread.public_id}/posts", data={"text": "Me too, daily"})
    assert answer.status_code == 303
    assert "Me too, daily" in client.get(answer.location).text


def test_the_page_costs_the_same_for_any_number_of_votes(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ada)
    few = len(statements_of(client, f"/ideas/{idea.public_id}"))
    for name in ("ben", "cleo", "eve", "mo"):
        vote_for(idea, by=cast.viewer(name))
    assert len(statements_of(client, f"/ideas/{idea.public_id}")) == few <= PER_PAGE


@pytest.mark.parametrize(
    ("came_from", "found_in"),
    [
        ("/ideas", "trending"),
        ("/ideas/b/product?sort=top", "top"),
        ("/ideas?sort=nonsense", "trending"),
        ("/roadmap/b/product", "roadmap"),
        ("/search?q=undo", "search"),
        ("/", "home"),
        ("/t/aaaaaaaa", ""),
    ],
)
def test_from_which_list_it_was_opened_is_recorded(client, cast, came_from, found_in):
    idea = propose(cast)
    referrer = {"Referer": f"http://localhost{came_from}"}
    client.get(f"/ideas/{idea.public_id}", headers=PERSON | referrer)
    flush()
    (opened,) = session.query(EventRow).filter_by(name="IdeaOpened").all()
    assert opened.payload["found_in"] == found_in
    assert opened.payload["idea_id"] == idea.id


def test_what_another_site_links_to_was_found_in_no_list(client, cast):
    idea = propose(cast)
    client.get(f"/ideas/{idea.public_id}", headers=PERSON | {"Referer": "https://x.example/ideas"})
    flush()
    assert session.query(EventRow).filter_by(name="IdeaOpened").one().payload["found_in"] == ""


def test_a_robot_opens_nothing(client, cast):
    client.get(f"/ideas/{propose(cast).public_id}", headers={"User-Agent": "bingbot/2.0"})
    flush()
    assert session.query(EventRow).filter_by(name="IdeaOpened").count() == 0
