"""The side column: kept by each process, and never older than the house."""

from dataclasses import replace

import pytest

from community.audiences import Level
from community.spaces.actions import change_space, create_space, facts_of, grant_level
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space
from tests.conftest import sign_in
from tests.world import group


@pytest.fixture
def side(house, cast):
    """What stands in the side column for somebody, on pages that are made in full for keeping."""
    browsers = {"visitor": house.test_client()}

    def of(name: str) -> str:
        if name not in browsers:
            browsers[name] = sign_in(house.test_client(), getattr(cast, name))
            browsers[name].get("/latest")
        house.extensions["front"].forget()
        return browsers[name].get("/latest").text.partition('id="browse"')[2]

    return of


def test_a_space_is_called_there_as_it_is_called_now(side, app, cast):
    assert "Market square" not in side("ada") + side("visitor")
    plaza = find_space("plaza", cast.viewer("al"))
    change_space(plaza, replace(facts_of(plaza), name="Market square"), by=cast.viewer("al"))
    assert "Market square" in side("ada")
    assert "Market square" in side("visitor")


def test_one_that_was_archived_is_not_there(side, app, cast):
    assert '"/c/plaza"' in side("ben")
    plaza = find_space("plaza", cast.viewer("al"))
    change_space(plaza, replace(facts_of(plaza), archived=True), by=cast.viewer("al"))
    assert '"/c/plaza"' not in side("ben")


def test_each_sees_the_spaces_that_are_open_to_them(side, app, cast):
    assert '"/c/floor"' in side("eve")
    assert '"/c/floor"' not in side("ada") + side("cleo") + side("visitor")
    assert '"/c/floor"' in side("eve")


def test_a_new_one_is_there_once_it_is_open_and_gone_once_it_is_not(side, app, cast):
    garden = create_space(SpaceKind.CATEGORY, "Garden", by=cast.viewer("al"))
    assert '"/c/garden"' in side("al")
    assert '"/c/garden"' not in side("ada")
    grant_level(garden, Level.SEE, group=group("everyone"), by=cast.viewer("al"))
    assert '"/c/garden"' in side("ada")
    assert '"/c/garden"' in side("visitor")
    grant_level(garden, Level.NONE, group=group("everyone"), by=cast.viewer("al"))
    assert '"/c/garden"' not in side("ada") + side("visitor")
