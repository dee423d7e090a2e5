"""The check and the filter agree, and every rule says yes to somebody and no to somebody."""

import pytest
from sqlalchemy import select

from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.policy import can, may_see, visible
from community.subjects import State
from ideas.board.models import Idea
from tests.ideas.proposals import employees_board, propose

EVERYBODY = ("visitor", "ada", "ben", "cleo", "eve", "pam", "mo", "al")


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_one_may_see_is_what_one_finds(app, cast, name):
    employees_board()
    ideas = [propose(cast, f"{state}", by="ada") for state in State]
    ideas += [propose(cast, f"inside {state}", by="eve", board="inside") for state in State]
    with write_transaction():
        for idea, state in zip(ideas, [*State, *State], strict=True):
            session.get_one(Idea, idea.id).state = state
    viewer = cast.viewer(name)
    found = set(session.scalars(select(Idea.id).where(visible(Idea, viewer))))
    assert found == {idea.id for idea in ideas if may_see(viewer, idea)}


# Of Ada's idea on the public board, which Pam owns and Mo moderates.
MAY = {
    "idea.answer": {"pam", "al"},
    "idea.decide": {"pam", "al"},
    "idea.edit": {"ada", "pam", "mo", "al"},
    "idea.note": {"eve", "pam", "al"},
    "idea.remove": {"pam", "mo", "al"},
    "idea.restore": set(),
    "idea.vote": {"ada", "ben", "cleo", "eve", "pam", "mo", "al"},
    "idea.withdraw": {"ada"},
}


@pytest.mark.parametrize("permission", MAY)
def test_who_may_do_what(app, cast, permission):
    idea = propose(cast)
    with write_transaction():
        set_grant(idea.space.audience, Level.MODERATE, member=cast.mo)
    assert {n for n in EVERYBODY if can(cast.viewer(n), permission, idea)} == MAY[permission]


def test_who_may_do_what_with_a_board(app, cast):
    board = propose(cast).space
    members = set(EVERYBODY) - {"visitor"}
    assert {n for n in EVERYBODY if can(cast.viewer(n), "idea.propose", board)} == members
    assert {n for n in EVERYBODY if can(cast.viewer(n), "release.plan", board)} == {"pam", "al"}


def test_only_what_was_taken_away_can_be_restored(app, cast):
    idea = propose(cast)
    with write_transaction():
        session.get_one(Idea, idea.id).state = State.DELETED
    able = {n for n in EVERYBODY if can(cast.viewer(n), "idea.restore", idea)}
    assert able == {"pam", "al"}
    for permission in set(MAY) - {"idea.restore"}:
        assert not any(can(cast.viewer(n), permission, idea) for n in EVERYBODY), permission
