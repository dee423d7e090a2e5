from datetime import UTC, datetime

import pytest

from community.demo.script import read_script
from ideas.demo.checks import faults
from ideas.demo.script import STATUSES, quarter_ahead, read_ideas, read_releases

MOMENTS = [datetime(2026, 3, 1, 0, 5, tzinfo=UTC), datetime(2026, 11, 22, 12, 30, tzinfo=UTC)]


@pytest.fixture(scope="module")
def ideas():
    return read_ideas(read_script(MOMENTS[1]))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.isoformat())
def test_every_step_is_one_the_state_machine_allows(now):
    script = read_script(now)
    assert faults(read_ideas(script), read_releases(now), script) == []


def test_every_status_can_be_seen(ideas):
    assert {idea.status for idea in ideas} == STATUSES


def test_there_are_enough_votes_to_rank_by(ideas):
    assert sum(len(idea.votes) for idea in ideas) >= 1_100


def test_each_idea_has_the_votes_it_is_said_to_have(ideas):
    assert {idea.key: len(idea.votes) for idea in ideas} == {
        idea.key: idea.votes_wanted for idea in ideas
    }


def test_quarters_run_over_the_end_of_the_year():
    assert quarter_ahead(MOMENTS[1], 1) == (2027, 1)
