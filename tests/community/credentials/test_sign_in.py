"""Signing in, being refused alike, and going back to where one was."""

import re

import pytest

from community import clock
from community.database import write_transaction
from community.members.models import MemberState
from tests.conftest import sign_in
from tests.world import PASSWORD


def attempt(client, address, password="a wrong password", **more):
    return client.post("/sign-in", data={"address": address, "password": password, **more})


def test_by_address_or_username(cast, house):
    for name in ("ada@example.org", " ADA@Example.org ", "ada", "Ada"):
        assert attempt(house.test_client(), name, PASSWORD).status_code == 303


def test_unknown_wrong_and_suspended_look_alike(cast, house):
    with write_transaction():
        cast.ben.state = MemberState.SUSPENDED
    answers = [
        attempt(house.test_client(), "nobody"),
        attempt(house.test_client(), "ada"),
        attempt(house.test_client(), "ben", PASSWORD),
    ]
    bodies = {_body(answer) for answer in answers}
    assert [answer.status_code for answer in answers] == [401] * 3
    assert len(bodies) == 1
    assert "E-mail or password is wrong." in bodies.pop()


def _body(answer):
    plain = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)
    return re.sub(r'value="(nobody|ada|ben)"', "", plain)


def test_the_sixth_try_in_five_minutes_waits_known_or_not(app, cast, client):
    for name in ("ada@example.org", "nobody@example.org"):
        codes = [attempt(client, name).status_code for _ in range(6)]
        assert codes == [401] * 5 + [429]
    answer = attempt(client, "ada@example.org", PASSWORD)
    assert answer.status_code == 429
    assert 240 < int(answer.headers["Retry-After"]) <= 300
    assert "Try again in 5 min, or reset your password." in answer.text


def test_after_five_minutes_one_may_try_again(cast, client):
    with clock.at(clock.now()):
        for _ in range(6):
            attempt(client, "ada")
        clock.advance(minutes=5, seconds=1)
        assert attempt(client, "ada", PASSWORD).status_code == 303


def test_twenty_tries_from_one_network_are_enough(cast, client):
    codes = [attempt(client, f"name{number}").status_code for number in range(21)]
    assert codes == [401] * 20 + [429]


def test_signing_in_well_counts_against_nobody(cast, house):
    for _ in range(25):
        assert attempt(house.test_client(), "ada", PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil",
    ],
)
def test_one_is_never_sent_off_site(cast, client, there):
    answer = attempt(client, "ada", PASSWORD, next=there)
    assert answer.status_code == 303 and answer.headers["Location"] == "/"


def test_one_comes_back_to_where_one_was(cast, client):
    asked = client.get("/settings?x=1")
    assert asked.headers["Location"] == "/sign-in?next=/settings?x%3D1"
    answer = attempt(client, "ada", PASSWORD, next="/settings?x=1")
    assert answer.headers["Location"] == "/settings?x=1"


def test_one_comes_back_to_the_page_whose_link_one_followed(cast, client):
    form = client.get("/sign-in", headers={"Referer": "http://localhost/tags?after=x"}).text
    assert 'name="next" value="/tags?after=x"' in form


def test_a_sign_in_ended_from_afar_ends_at_the_next_request(cast, house):
    here, there = (sign_in(house.test_client(), cast.ada) for _ in range(2))
    page = here.get("/settings/sign-ins")
    [link] = re.findall(r'"(/settings/sign-ins/\w+/delete)"', page.text)
    assert there.get("/settings").status_code == 200
    assert here.post(link).status_code == 303
    assert there.get("/settings").status_code == 302
    assert here.get("/settings").status_code == 200


def test_nobody_ends_anothers_sign_in(cast, house):
    ada, ben = (sign_in(house.test_client(), member) for member in (cast.ada, cast.ben))
    sign_in(house.test_client(), cast.ada)
    [link] = re.findall(r'"(/settings/sign-ins/\w+/delete)"', ada.get("/settings/sign-ins").text)
    ben.post(link)
    assert link in ada.get("/settings/sign-ins").text


def test_a_sign_in_left_for_two_weeks_is_over(cast, client):
    with clock.at(clock.now()):
        sign_in(client, cast.ada)
        clock.advance(days=15)
        assert client.get("/settings").status_code == 302


def test_signing_out_ends_it(cast, client):
    sign_in(client, cast.ada)
    assert client.post("/sign-out").status_code == 303
    assert client.get("/settings").status_code == 302
