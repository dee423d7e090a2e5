"""The orders of ideas and what narrows them."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from community import clock
from community.database import session, write_transaction
from community.members.models import Member, Segment
from community.viewer import viewer_of
from ideas.board.statuses import Status
from ideas.ranking.queries import PER_PAGE, list_ideas, moving_ideas, wanted
from ideas.ranking.score import HALF_LIFE, weight_at
from ideas.voting.actions import vote_for
from tests.ideas.proposals import employees_board, propose, walk


def titles(cast, name: str = "visitor", *, board=None, **asked: str) -> list[str]:
    given = {"sort": "", "status": "", "whose": "", **asked}
    page = list_ideas(cast.viewer(name), wanted(**given, board=board))
    return [idea.title for idea in page.items]


def some_members(count: int) -> list[Member]:
    with write_transaction():
        rows = [{"public_id": f"m{n:07}", "segment": Segment.CUSTOMER} for n in range(count)]
        session.execute(insert(Member), rows)
    return list(session.scalars(select(Member).where(Member.public_id.like("m0%"))))


@pytest.fixture
def revived(app, cast):
    """A year-old idea with a hundred votes of the last thirty days, and a new one with one vote."""
    now = clock.now()
    with clock.at(now - timedelta(days=365)):
        old = propose(cast, "Old and wanted")
    with clock.at(now - timedelta(days=1)):
        new = propose(cast, "New and alone")
        vote_for(new, by=cast.viewer("cleo"))
    for number, member in enumerate(some_members(100)):
        with clock.at(now - timedelta(days=30 * number / 100)):
            vote_for(old, by=viewer_of(member))
    return old


def test_a_revived_old_idea_stands_above_a_new_one(cast, revived):
    assert titles(cast) == ["Old and wanted", "New and alone"]


def test_the_order_stays_while_nothing_happens(cast, revived):
    before = titles(cast)
    with clock.at(clock.now() + timedelta(days=10)):
        assert titles(cast) == before


def test_a_vote_weighs_half_as_much_as_one_two_weeks_later():
    moment = clock.now()
    assert weight_at(moment + HALF_LIFE) == pytest.approx(2 * weight_at(moment))


def test_two_weeks_later_two_votes_weigh_what_one_new_vote_weighs(app, cast):
    with clock.at(clock.now() - HALF_LIFE):
        older = propose(cast, "Older")
        vote_for(older, by=cast.viewer("ben"))
        vote_for(older, by=cast.viewer("cleo"))
    newer = propose(cast, "Newer")
    vote_for(newer, by=cast.viewer("ben"))
    assert newer.trend == pytest.approx(older.trend, rel=1e-6)


def test_trending_leaves_out_what_is_done_or_closed(app, cast):
    walk(cast, propose(cast, "Declined"), Status.UNDER_REVIEW, Status.DECLINED)
    walk(cast, propose(cast, "Planned"), Status.UNDER_REVIEW, Status.PLANNED)
    propose(cast, "New")
    assert set(titles(cast)) == {"New", "Planned"}
    assert set(titles(cast, sort="new")) == {"New", "Planned", "Declined"}


def test_top_is_by_votes_and_then_the_older_first(app, cast):
    for days, title in ((9, "Older"), (5, "Newer"), (1, "Wanted")):
        with clock.at(clock.now() - timedelta(days=days)):
            idea = propose(cast, title)
    vote_for(idea, by=cast.viewer("ben"))
    assert titles(cast, sort="top") == ["Wanted", "Older", "Newer"]


def test_a_status_and_a_category_narrow_the_list(app, cast):
    walk(cast, propose(cast, "Declined"), Status.UNDER_REVIEW, Status.DECLINED)
    propose(cast, "New")
    assert titles(cast, status="declined") == titles(cast, status="closed") == ["Declined"]
    assert titles(cast, status="nonsense") == ["New"]


def test_one_finds_ones_own_ideas_and_votes_whatever_became_of_them(app, cast):
    mine = propose(cast, "Mine", by="ada")
    walk(cast, mine, Status.UNDER_REVIEW, Status.DECLINED)
    vote_for(propose(cast, "Ben's", by="ben"), by=cast.viewer("ada"))
    assert titles(cast, "ada", whose="mine") == ["Mine"]
    assert titles(cast, "ada", whose="voted") == ["Ben's"]
    assert titles(cast, whose="mine") == []


def test_nobody_sees_ideas_of_a_board_that_is_not_theirs(app, cast):
    employees_board()
    propose(cast, "Inside", by="eve", board="inside")
    propose(cast, "Outside")
    assert titles(cast, "ada") == ["Outside"]
    assert set(titles(cast, "eve")) == {"Inside", "Outside"}


@pytest.mark.parametrize("sort", ["trending", "top", "new"])
def test_pages_hold_every_idea_once(app, cast, sort):
    for number in range(PER_PAGE + 3):
        idea = propose(cast, f"Idea {number}")
        if number % 3 == 0:
            vote_for(idea, by=cast.viewer("ben"))
    asked = wanted(sort, "", "", None)
    first = list_ideas(cast.viewer("ada"), asked)
    second = list_ideas(cast.viewer("ada"), asked, token=first.next)
    back = list_ideas(cast.viewer("ada"), asked, token=second.previous)
    found = [idea.id for idea in [*first.items, *second.items]]
    assert len(set(found)) == len(found) == PER_PAGE + 3
    assert [idea.id for idea in back.items] == [idea.id for idea in first.items]


def test_on_the_move_are_ideas_with_votes(app, cast):
    propose(cast, "Unseen")
    vote_for(propose(cast, "Moving"), by=cast.viewer("ben"))
    assert [idea.title for idea in moving_ideas(cast.viewer("visitor"))] == ["Moving"]
