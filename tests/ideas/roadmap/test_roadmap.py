"""The roadmap, read from the statuses."""

from datetime import timedelta

from community import clock
from community.audiences import Level, set_grant
from community.buffers import flush
from community.database import session, write_transaction
from community.events import EventRow
from community.spaces.queries import find_space
from ideas.board.statuses import Status
from ideas.roadmap import queries
from ideas.roadmap.queries import roadmap_for
from tests.conftest import sign_in
from tests.ideas.proposals import decide, employees_board, propose, walk
from tests.ideas.ranking.test_pages import PERSON
from tests.sql import PER_PAGE, statements_of
from tests.world import group


def columns(cast, name="visitor", **board) -> dict[str, list[str]]:
    found = roadmap_for(cast.viewer(name), **board)
    return {str(column.kind.status): [idea.title for idea in column.ideas] for column in found}


def test_each_stage_has_its_column(app, cast):
    for title, path in {
        "Planned": (Status.PLANNED,),
        "Built": (Status.PLANNED, Status.IN_PROGRESS),
        "By members": (Status.COMMUNITY_BUILD,),
        "Tested": (Status.COMMUNITY_BUILD, Status.TESTING),
        "Shipped": (Status.COMMUNITY_BUILD, Status.SHIPPED),
        "Open": (),
        "Declined": (Status.DECLINED,),
    }.items():
        walk(cast, propose(cast, title), Status.UNDER_REVIEW, *path)
    assert columns(cast) == {
        "planned": ["Planned"],
        "in_progress": ["Built", "By members"],
        "testing": ["Tested"],
        "shipped": ["Shipped"],
    }


def test_what_shipped_long_ago_is_no_longer_there(app, cast):
    with clock.at(clock.now() - timedelta(days=200)):
        walk(cast, propose(cast), Status.UNDER_REVIEW, Status.COMMUNITY_BUILD, Status.SHIPPED)
    assert columns(cast)["shipped"] == []


def test_one_board_alone(app, cast):
    employees_board()
    walk(cast, propose(cast, "Outside"), Status.UNDER_REVIEW, Status.PLANNED)
    inside = propose(cast, "Inside", by="eve", board="inside")
    assert columns(cast, "eve", board=inside.space)["planned"] == []
    assert columns(cast, "eve")["planned"] == ["Outside"]


def test_nobody_reads_the_plans_of_a_board_that_is_not_theirs(client, cast, monkeypatch):
    board = employees_board()
    idea = propose(cast, "Inside", by="eve", board="inside")
    from ideas.review.actions import change_status
    from ideas.review.decisions import Decision

    for status in (Status.UNDER_REVIEW, Status.PLANNED):
        change_status(idea, Decision(status, undated=True), by=cast.viewer("al"))
    assert columns(cast, "ada")["planned"] == []
    assert columns(cast, "eve", board=board)["planned"] == ["Inside"]
    hidden, absent = client.get("/roadmap/b/inside"), client.get("/roadmap/b/never")
    assert (hidden.status_code, hidden.data) == (404, absent.data)


def test_it_names_releases_quarters_and_the_lack_of_a_date(client, cast):
    for title, promise in {
        "A": {"release": "7.4"},
        "B": {"quarter": "2027-Q1"},
        "C": {"undated": True},
    }.items():
        idea = propose(cast, title)
        decide(cast, idea, Status.UNDER_REVIEW)
        decide(cast, idea, Status.PLANNED, **promise)
    page = client.get("/roadmap").text
    assert "is no promise" in page
    for words in ("7.4", "Q1 2027", "no date yet"):
        assert words in page


def test_a_long_column_says_that_there_is_more(client, cast, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 1)
    for title in ("A", "B"):
        walk(cast, propose(cast, title), Status.UNDER_REVIEW, Status.PLANNED)
    assert "All of them" in client.get("/roadmap/b/product").text


def test_an_empty_roadmap_says_so(client, cast):
    assert "Nothing at the moment." in client.get("/roadmap").text


def test_who_can_read_no_board_is_told_what_is_missing(client, cast):
    product = find_space("product", cast.viewer("pam"))
    with write_transaction():
        set_grant(product.audience, Level.CREATE, group=group("segment:employee"))
        for everybody in ("everyone", "members"):
            set_grant(product.audience, Level.NONE, group=group(everybody))
    page = client.get("/roadmap").text
    assert "Nothing is open here yet" in page
    assert "Nothing at the moment." not in page and "is no promise" not in page
    assert "Nothing at the moment." in sign_in(client, cast.pam).get("/roadmap").text


def test_what_it_showed_is_recorded(client, cast):
    walk(cast, propose(cast), Status.UNDER_REVIEW, Status.PLANNED)
    client.get("/roadmap", headers=PERSON)
    flush()
    assert session.query(EventRow).filter_by(name="IdeasShown").one().payload["list"] == "roadmap"


def test_it_costs_the_same_for_any_number_of_ideas(client, cast):
    walk(cast, propose(cast), Status.UNDER_REVIEW, Status.PLANNED)
    sign_in(client, cast.ada)
    few = len(statements_of(client, "/roadmap"))
    for number in range(5):
        walk(cast, propose(cast, f"More {number}"), Status.UNDER_REVIEW, Status.PLANNED)
    assert len(statements_of(client, "/roadmap")) == few <= PER_PAGE
