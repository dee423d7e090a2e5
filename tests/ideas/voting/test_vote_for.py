"""Voting for ideas."""

import pytest
from sqlalchemy import select

from community import clock
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, NotFound, NotSignedIn
from community.events import EventRow
from community.members.models import Segment
from community.spaces.models import Space
from community.viewer import viewer_of
from ideas.board.actions import remove_idea
from ideas.board.statuses import STATUSES, Status
from ideas.voting.actions import accept_duplicate, vote_for
from ideas.voting.models import Vote
from ideas.voting.queries import demand_for, organizations_behind, voters_besides
from tests.conftest import sign_in
from tests.ideas.proposals import decide, employees_board, propose, walk
from tests.world import group, join, open_space

TAKES_NONE = [status for status, kind in STATUSES.items() if not kind.takes_votes]


def test_a_vote_counts_at_once(app, cast):
    idea = propose(cast)
    assert vote_for(idea, by=cast.viewer("ben"))
    assert idea.vote_count == 1


def test_voting_twice_counts_once(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    assert not vote_for(idea, by=cast.viewer("ben"))
    assert idea.vote_count == 1
    assert len(session.scalars(select(EventRow).where(EventRow.name == "IdeaVoted")).all()) == 1


def test_a_vote_keeps_the_organization_it_was_cast_from(app, cast):
    idea = propose(cast, by="cleo")
    vote_for(idea, by=cast.viewer("ben"))
    before = demand_for([idea], cast.viewer("ada"))[idea.id]
    with write_transaction():
        cast.ben.segment, cast.ben.organization_id = Segment.EMPLOYEE, None
    assert demand_for([idea], cast.viewer("ada"))[idea.id] == before
    assert (before.customers, before.employees, before.organizations) == (1, 0, 1)


def test_employees_never_change_the_count_of_customers(app, cast):
    idea = propose(cast)
    for name in ("ben", "cleo", "eve", "pam"):
        vote_for(idea, by=cast.viewer(name))
    demand = demand_for([idea], cast.viewer("ada"))[idea.id]
    assert (demand.people, demand.customers, demand.employees) == (4, 2, 2)
    assert organizations_behind(idea) == [("Harbour", 1), ("Nordlicht", 1)]


def test_partners_and_the_public_are_told_apart(app, cast):
    idea = propose(cast)
    with write_transaction():
        voters = [join("pat", Segment.PARTNER), join("una", Segment.PUBLIC)]
    for member in voters:
        vote_for(idea, by=viewer_of(member))
    demand = demand_for([idea], cast.viewer("ada"))[idea.id]
    assert (demand.partners, demand.others, demand.organizations) == (1, 1, 0)


def test_ones_own_votes_are_known_for_a_whole_list(app, cast):
    ideas = first, second = propose(cast), propose(cast, "Another")
    vote_for(second, by=cast.viewer("ben"))
    mine = demand_for(ideas, cast.viewer("ben"))
    assert (mine[first.id].mine, mine[second.id].mine) == (False, True)
    assert not any(one.mine for one in demand_for(ideas, cast.viewer("visitor")).values())
    assert demand_for([], cast.viewer("ben")) == {}


def test_the_author_is_not_among_the_others_who_want_it(app, cast):
    idea = propose(cast, by="ada")
    for name in ("ada", "ben", "cleo"):
        vote_for(idea, by=cast.viewer(name))
    assert voters_besides(cast.ada.id, idea) == 2


def test_neither_the_author_nor_staff_move_the_trend_of_a_public_board(app, cast):
    idea = propose(cast, by="ada")
    vote_for(idea, by=cast.viewer("ada"))
    vote_for(idea, by=cast.viewer("eve"))
    assert (idea.vote_count, idea.trend) == (2, 0)
    vote_for(idea, by=cast.viewer("ben"))
    assert idea.trend > 0


def test_staff_move_the_trend_of_their_own_board(app, cast):
    employees_board()
    idea = propose(cast, by="eve", board="inside")
    vote_for(idea, by=cast.viewer("pam"))
    assert idea.trend > 0


def test_taking_an_idea_for_ones_own_votes_for_it_and_is_recorded(app, cast):
    idea = propose(cast)
    accept_duplicate(idea, by=cast.viewer("ben"))
    names = session.scalars(select(EventRow.name).order_by(EventRow.id)).all()
    assert names[-2:] == ["IdeaVoted", "DuplicateAccepted"]


def test_a_visitor_cannot_vote(app, cast):
    with pytest.raises(NotSignedIn):
        vote_for(propose(cast), by=cast.viewer("visitor"))


def test_a_bot_cannot_vote(app, cast):
    idea = propose(cast)
    with write_transaction():
        bot = join("robo", Segment.BOT)
    with pytest.raises(Forbidden):
        vote_for(idea, by=viewer_of(bot))


def test_who_may_only_read_a_board_cannot_vote_on_it(app, cast):
    with write_transaction():
        board = open_space("shown", "board", everyone=Level.SEE)
        set_grant(board.audience, Level.CREATE, group=group("segment:employee"))
    idea = propose(cast, by="eve", board="shown")
    with pytest.raises(Forbidden):
        vote_for(idea, by=cast.viewer("ada"))


def test_an_idea_that_is_not_open_to_one_does_not_exist(app, cast):
    employees_board()
    idea = propose(cast, by="eve", board="inside")
    with pytest.raises(NotFound):
        vote_for(idea, by=cast.viewer("ada"))


def test_voting_is_closed_where_the_status_says_so_and_says_since_when(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED)
    with pytest.raises(Conflict, match=f"Voting closed on {clock.now().day} "):
        vote_for(idea, by=cast.viewer("ben"))
    assert idea.vote_count == 0


def test_an_idea_for_later_still_takes_votes(app, cast):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    decide(cast, idea, Status.NOT_NOW, revisit_on=clock.now().date().replace(year=2099))
    assert vote_for(idea, by=cast.viewer("ben"))


def test_voting_is_closed_on_a_board_that_was_laid_aside(app, cast):
    idea = propose(cast)
    with write_transaction():
        session.get_one(Space, idea.space_id).archived_at = clock.now()
    with pytest.raises(Conflict):
        vote_for(idea, by=cast.viewer("ben"))


def test_a_status_that_changes_at_the_same_moment_wins(app, cast, monkeypatch):
    """On PostgreSQL a decision may come between reading the status and counting the vote."""
    idea = propose(cast)
    walk(cast, idea, Status.UNDER_REVIEW, Status.PLANNED)
    monkeypatch.setattr(type(idea), "takes_votes", True)
    with pytest.raises(Conflict):
        vote_for(idea, by=cast.viewer("ben"))
    assert session.scalars(select(Vote)).all() == []


def test_a_removed_idea_takes_no_votes(app, cast):
    idea = propose(cast)
    remove_idea(idea, by=cast.viewer("pam"))
    with pytest.raises(NotFound):
        vote_for(idea, by=cast.viewer("ben"))


# Over the web ------------------------------------------------------------------


def test_pressing_the_button_returns_it_as_voted(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    answer = client.post(f"/ideas/{idea.public_id}/vote", headers={"HX-Request": "true"})
    again = client.post(f"/ideas/{idea.public_id}/vote", headers={"HX-Request": "true"})
    assert answer.status_code == again.status_code == 200
    assert answer.text == again.text
    assert 'aria-pressed="true"' in answer.text
    assert f"/ideas/{idea.public_id}/vote/delete" in answer.text


def test_without_javascript_one_comes_back_to_the_list(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    answer = client.post(f"/ideas/{idea.public_id}/vote", data={"back": "/ideas?sort=top"})
    assert (answer.status_code, answer.location) == (303, "/ideas?sort=top")


def test_a_way_back_to_another_site_is_not_taken(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    answer = client.post(f"/ideas/{idea.public_id}/vote", data={"back": "//evil.example"})
    assert answer.location == f"/ideas/{idea.public_id}/{idea.slug}"


def test_mine_too_is_a_vote_and_a_duplicate_found(client, cast):
    idea = propose(cast)
    sign_in(client, cast.ben)
    client.post(f"/ideas/{idea.public_id}/vote?found=1")
    assert "DuplicateAccepted" in session.scalars(select(EventRow.name)).all()


def test_a_vote_for_a_closed_idea_is_refused_with_409(client, cast):
    idea = propose(cast)
    walk(cast, idea, Status.UNDER_REVIEW, Status.DECLINED)
    sign_in(client, cast.ben)
    answer = client.post(f"/ideas/{idea.public_id}/vote")
    assert answer.status_code == 409
    assert "Voting closed on" in answer.text


def test_a_vote_for_an_unreadable_idea_is_as_for_one_that_never_was(client, cast):
    employees_board()
    idea = propose(cast, by="eve", board="inside")
    sign_in(client, cast.ada)
    hidden = client.post(f"/ideas/{idea.public_id}/vote")
    absent = client.post("/ideas/aaaaaaaa/vote")
    assert (hidden.status_code, hidden.data) == (404, absent.data)


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.post(f"/ideas/{propose(cast).public_id}/vote").status_code == 401


def test_which_statuses_take_no_votes_is_as_written():
    assert {str(status) for status in TAKES_NONE} == {
        "planned", "in_progress", "testing", "shipped", "measured", "already_exists", "declined",
        "withdrawn", "removed",
    }  # fmt: skip
