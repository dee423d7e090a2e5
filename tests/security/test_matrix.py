"""Every route × six kinds of member, against a table that people have read.

After a route was added or changed: `pytest tests/security/test_matrix.py --write-matrix`, then read
the difference of `expected.csv` line by line before it is committed.
"""

import pytest

from community.search import indexing
from tests.security.cells import (
    PEOPLE,
    World,
    measured,
    read_table,
    routes,
    write_table,
)


def side_by_side(expected, found) -> dict[str, tuple[int, int]]:
    """Person → (expected, found), where they differ."""
    pairs = zip(PEOPLE, zip(expected, found, strict=True), strict=True)
    return {person: pair for person, pair in pairs if pair[0] != pair[1]}


@pytest.fixture
def world(sqlite_app) -> World:
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = False
    indexing.rebuild_index()
    yield World(sqlite_app)
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = True


@pytest.mark.timeout(600)
def test_every_route_answers_each_kind_of_member_as_the_table_says(world, request):
    if request.config.getoption("--write-matrix"):
        write_table(world)
    expected = read_table()
    found = {(name, variant): statuses for name, variant, statuses in measured(world)}
    assert expected.keys() == found.keys(), "a route has no row, or a row has no route"
    wrong = {
        f"{name} ({variant})": side_by_side(expected[name, variant], statuses)
        for (name, variant), statuses in found.items()
        if expected[name, variant] != statuses
    }
    assert not wrong, "(expected, found)"
    faults = [name for (name, _), statuses in found.items() if max(statuses) >= 500]
    assert not faults


@pytest.mark.timeout(600)
def test_what_one_may_not_see_is_byte_for_byte_what_never_was(world):
    different = []
    compared = 0
    for route in routes(world.app):
        if not route.rule.arguments:
            continue
        for person in PEOPLE:
            hidden = world.ask(route, person, "closed")
            if hidden.status_code != 404:
                continue
            absent = world.ask(route, person, "absent")
            compared += 1
            if (absent.status_code, absent.data, _headers(absent)) != (
                404,
                hidden.data,
                _headers(hidden),
            ):
                different.append(f"{route.name} for {person}: {absent.status_code}")
    assert not different
    assert compared > 100


def _headers(answer) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers if name != "Date")


def test_who_may_write_may_read():
    """A successful write in the table goes with a page of the same thing that can be read."""
    for (name, variant), statuses in read_table().items():
        if variant == "closed" and name.startswith("POST"):
            outsiders = dict(zip(PEOPLE, statuses, strict=True))
            for person in ("visitor", "cleo", "mo"):
                assert outsiders[person] in (401, 403, 404, 405, 410, 200, 303, 422, 429), name
                if "<public_id>" in name and "settings" not in name and "admin" not in name:
                    assert outsiders[person] in (401, 404), f"{name} for {person}"
