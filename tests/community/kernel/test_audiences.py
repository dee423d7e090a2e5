"""Audiences: two who narrow alike at once, and a map that does not grow without end."""

import pytest
from sqlalchemy import insert, select

from community.access_map import AccessMap
from community.audiences import Audience, Level, narrow
from community.database import session, write_transaction
from community.groups.models import Group
from community.spaces.queries import find_space
from tests.community.kernel.overtaking import overtaking
from tests.world import group


@pytest.mark.parametrize("database", ["postgresql"])
def test_two_who_narrow_alike_at_once_get_one_audience(app, cast):
    plaza, staff = find_space("plaza", cast.viewer("ada")).audience, group("segment:employee")
    parent, key, staff_id = plaza.id, f"groups:{staff.id}", staff.id
    found: list[int] = []

    def narrow_late() -> None:
        with write_transaction():
            groups = [session.get_one(Group, staff_id)]
            found.append(narrow(session.get_one(Audience, parent), groups).id)

    with overtaking(app, narrow_late) as first:
        first.execute(insert(Audience).values(parent_id=parent, key=key, external=False, version=1))
    assert list(session.scalars(select(Audience.id).where(Audience.key == key))) == found


def test_the_map_forgets_what_it_worked_out_before_it_grows_too_large():
    access = AccessMap(1, parents={7: None}, by_group={3: [(7, Level.REPLY)]}, by_member={})
    for number in range(2_100):
        access.levels(frozenset({3, 10 + number}), None, Level.NONE)
    assert len(access.kept) < 2_000
    assert access.levels(frozenset({3}), None, Level.NONE) == {7: Level.REPLY}
