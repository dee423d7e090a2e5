"""The first administrator: one link, once, and only while there is none."""

import re

import pytest
from sqlalchemy import delete, select

from community import clock
from community.database import session, write_transaction
from community.foundation import lay_foundation
from community.members.models import Profile, Role, SiteRole

AL = {
    "name": "Alma Reed",
    "username": "alma",
    "address": "alma@house.example",
    "password": "eleven brown teapots",
}


def link(app):
    said = app.test_cli_runner().invoke(args=["member", "first-admin-link"]).output
    found = re.search(r"(/first-administrator/\S+)", said)
    return found and found[1]


@pytest.fixture
def empty_house(house):
    with write_transaction():
        lay_foundation()
    return house


def test_who_holds_the_link_becomes_administrator_and_is_signed_in(empty_house, client):
    there = link(empty_house)
    assert client.get(there).status_code == 200
    assert client.post(there, data=AL).status_code == 303
    assert client.get("/settings").status_code == 200
    roles = session.execute(
        select(Profile.username, SiteRole.role).join(
            SiteRole, SiteRole.member_id == Profile.member_id
        )
    ).all()
    assert [tuple(row) for row in roles] == [("alma", Role.ADMINISTRATOR)]


def test_the_first_administrator_is_led_to_the_first_space(empty_house, client):
    answer = client.post(link(empty_house), data=AL, follow_redirects=True)
    assert answer.request.path == "/admin/spaces"
    for page in ("/", "/latest", "/topics/new", "/ideas", "/ideas/new", "/wiki", "/blogs"):
        assert 'class="button" href="/admin/spaces"' in client.get(page).text, page


def test_nobody_else_is_shown_where_to_open_a_space(empty_house, client):
    for page in ("/", "/latest"):
        said = client.get(page).text
        assert "Nothing is open here yet" in said
        assert "/admin/spaces" not in said


def test_it_works_once(empty_house, client):
    there = link(empty_house)
    client.post(there, data=AL)
    again = empty_house.test_client().post(
        there, data=AL | {"username": "eva", "address": "e@f.example"}
    )
    assert again.status_code == 410


def test_it_works_for_an_hour(empty_house, client):
    with clock.at(clock.now()):
        there = link(empty_house)
        clock.advance(minutes=61)
        assert client.get(there).status_code == 410
        assert client.post(there, data=AL).status_code == 410


def test_a_newer_link_voids_the_older(empty_house, client):
    older, newer = link(empty_house), link(empty_house)
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


def test_a_typing_mistake_leaves_it_good(empty_house, client):
    there = link(empty_house)
    assert client.post(there, data=AL | {"password": "password"}).status_code == 422
    assert client.post(there, data=AL).status_code == 303


def test_no_link_where_there_is_an_administrator(cast, house):
    said = house.test_cli_runner().invoke(args=["member", "first-admin-link"]).output
    assert said.strip() == "There is an administrator."


def test_an_old_link_is_dead_once_there_is_an_administrator(cast, house, client):
    with write_transaction():
        session.execute(delete(SiteRole).where(SiteRole.role == Role.ADMINISTRATOR))
    there = link(house)
    with write_transaction():
        session.add(SiteRole(member_id=cast.al.id, role=Role.ADMINISTRATOR))
    assert client.post(there, data=AL).status_code == 410


def test_a_member_from_the_console_can_sign_in(cast, house, client):
    runner = house.test_cli_runner()
    said = runner.invoke(
        args=["member", "create", "gus", "gus@house.example", "--segment", "employee",
              "--password", AL["password"]]
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    login = {"address": "gus", "password": AL["password"]}
    assert client.post("/sign-in", data=login).status_code == 303


def test_the_console_names_what_is_wrong(cast, house):
    said = house.test_cli_runner().invoke(args=["member", "create", "ada", "x@house.example"])
    assert said.exit_code == 1 and "taken or too similar" in said.output
