"""The lists as pages."""

import re

import pytest

from community.audiences import Level, set_grant
from community.buffers import flush
from community.database import session, write_transaction
from community.events import EventRow
from community.spaces.queries import find_space
from ideas.board.statuses import Status
from ideas.voting.actions import vote_for
from tests.conftest import sign_in
from tests.ideas.proposals import employees_board, propose, walk
from tests.sql import PER_PAGE, statements_of
from tests.world import group

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def test_the_list_shows_ones_own_vote(client, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    assert 'aria-pressed="true"' not in sign_in(client, cast.cleo).get("/ideas").text
    client.post("/sign-out")
    assert 'aria-pressed="true"' in sign_in(client, cast.ben).get("/ideas").text


def test_a_visitor_sees_the_list_and_is_led_to_sign_in(client, cast):
    propose(cast)
    page = client.get("/ideas").text
    assert "Undo for bulk edits" in page
    assert "/sign-in?next=" in page


def test_the_list_of_a_board_shows_only_its_ideas(client, cast):
    employees_board()
    propose(cast, "Inside", by="eve", board="inside")
    propose(cast, "Outside")
    sign_in(client, cast.eve)
    page = client.get("/ideas/b/inside").text
    assert "Inside" in page and "Outside" not in page


def test_a_board_that_is_not_open_to_one_is_as_one_that_never_was(client, cast):
    employees_board()
    hidden, absent = client.get("/ideas/b/inside"), client.get("/ideas/b/never")
    assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert client.get("/ideas/b/help").status_code == 404


def test_totals_are_the_same_with_and_without_ideas_one_cannot_see(client, cast):
    propose(cast)
    employees_board()
    before = client.get("/ideas").text
    walk(cast, propose(cast, "Inside", by="eve"), Status.UNDER_REVIEW)
    propose(cast, "Inside", by="eve", board="inside")
    session.rollback()
    after = client.get("/ideas").text
    assert "Inside</a>" in after
    assert client.get("/ideas/b/product").text.count("<article") == 2
    assert re.findall(r"<span>(\d+)</span></li>", before)[0] == "1"
    assert re.findall(r"<span>(\d+)</span></li>", after)[0] == "2"


def test_a_list_costs_the_same_for_any_number_of_ideas(client, cast):
    propose(cast)
    sign_in(client, cast.ada)
    few = len(statements_of(client, "/ideas"))
    for number in range(12):
        vote_for(propose(cast, f"Idea {number}"), by=cast.viewer("ben"))
    assert len(statements_of(client, "/ideas")) == few <= PER_PAGE


def test_a_paging_key_that_is_none_of_ours_shows_the_start(client, cast):
    propose(cast)
    answer = client.get("/ideas?after=nonsense&rank=-4")
    assert answer.status_code == 200
    assert "here is the start" in answer.text


def test_more_than_a_page_goes_on_to_the_next(client, cast):
    for number in range(31):
        propose(cast, f"Idea {number}")
    first = client.get("/ideas?sort=new").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert client.get(following[1].replace("&amp;", "&")).text.count("<article") == 1


def test_empty_lists_say_what_to_do(client, cast):
    assert "No ideas yet" in client.get("/ideas").text
    assert "Nothing fits" in client.get("/ideas?status=declined").text


@pytest.mark.parametrize("address", ["/ideas", "/ideas?status=declined&sort=new"])
def test_who_can_read_no_board_has_nothing_to_sort_or_sift(client, cast, address):
    product = find_space("product", cast.viewer("pam"))
    with write_transaction():
        set_grant(product.audience, Level.CREATE, group=group("segment:employee"))
        for everybody in ("everyone", "members"):
            set_grant(product.audience, Level.NONE, group=group(everybody))
    page = client.get(address).text
    assert "Nothing is open here yet" in page
    main = page.split("<main")[1].split("</main>")[0]
    assert "<form" not in main and "<a " not in main
    assert "What became of them" not in page and "Boards" not in page
    assert '<form class="filters"' in sign_in(client, cast.pam).get(address).text


def test_what_was_shown_is_recorded_with_its_ranks(client, cast):
    first, second = propose(cast, "First"), propose(cast, "Second")
    vote_for(second, by=cast.viewer("cleo"))
    sign_in(client, cast.ben)
    client.get("/ideas?rank=31", headers=PERSON)
    flush()
    (shown,) = session.query(EventRow).filter_by(name="IdeasShown").all()
    assert shown.actor_id == cast.ben.id
    assert shown.payload["list"] == "trending"
    assert shown.payload["ideas"] == [second.id, first.id]
    assert shown.payload["first_rank"] == 31


def test_a_robot_leaves_no_impressions(client, cast):
    propose(cast)
    client.get("/ideas", headers={"User-Agent": "Googlebot/2.1"})
    flush()
    assert session.query(EventRow).filter_by(name="IdeasShown").count() == 0


def test_ideas_on_the_move_stand_beside_the_home_page(house, cast):
    from community.slots import slot

    vote_for(propose(cast), by=cast.viewer("ben"))
    with house.test_request_context("/"):
        assert "Undo for bulk edits" in slot("home.aside")
        assert "/ideas/new" in slot("header.new")


def test_without_votes_nothing_is_on_the_move(house, cast):
    from ideas.ranking.slots import ideas_on_the_move

    propose(cast)
    with house.test_request_context("/"):
        assert ideas_on_the_move() is None
