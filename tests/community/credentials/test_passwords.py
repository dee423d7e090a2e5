"""Which passwords are taken, resetting a forgotten one, and changing it."""

from pathlib import Path

import pytest

from community import clock
from community.credentials.passwords import is_easily_guessed
from community.database import write_transaction
from community.members.models import MemberState
from tests.community.credentials.mailbox import letters, link_in
from tests.conftest import sign_in
from tests.world import PASSWORD

COMMON = Path(__file__).parents[4] / "shared/data/passwords-common/common-passwords.txt"
NEW = "eleven brown teapots"


@pytest.mark.parametrize(
    "password",
    ["password", "Passw0rd!", "guildhall2026", "qwertyuiop", "1qaz2wsx", "aaaaaaaaaaaa",
     "iloveyou123", "12345678", "monkeymonkey", "Summer2026!"],
)  # fmt: skip
def test_common_ones_are_guessed_however_dressed(password):
    assert is_easily_guessed(password)


@pytest.mark.parametrize("password", [NEW, "gR7#vq!Lw2", "Zahnbürste im Nebel", "tuvalkipomex"])
def test_odd_ones_are_not(password):
    assert not is_easily_guessed(password)


def test_ones_own_name_is_guessed():
    assert is_easily_guessed("hildegard77", ["Hildegard Nuss", "hnuss"])
    assert not is_easily_guessed("hildegard77")


@pytest.mark.data
@pytest.mark.skipif(not COMMON.exists(), reason="../shared/data/passwords-common is absent")
def test_most_of_the_worlds_common_ones_are_guessed():
    long_enough = [word for word in COMMON.read_text().split() if len(word) >= 8]
    guessed = sum(map(is_easily_guessed, long_enough))
    assert guessed / len(long_enough) > 0.45


def reset_link(client, address="ada@example.org"):
    client.post("/reset", data={"address": address})
    return link_in(letters(address)[-1])


def test_a_forgotten_password_is_replaced_and_every_browser_signed_out(app, cast, client):
    elsewhere = sign_in(app.test_client(), cast.ada)
    assert client.post(reset_link(client), data={"password": NEW}).status_code == 303
    assert elsewhere.get("/settings").status_code == 302
    login = {"address": "ada", "password": NEW}
    assert app.test_client().post("/sign-in", data=login).status_code == 303
    old = login | {"password": PASSWORD}
    assert app.test_client().post("/sign-in", data=old).status_code == 401


def test_the_answer_is_the_same_for_an_unknown_address(cast, client):
    answers = [
        client.post("/reset", data={"address": a}) for a in ("ada@example.org", "x@y.example")
    ]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].text == answers[1].text
    assert "If the address is known, a mail is on its way." in answers[0].text
    assert letters("x@y.example") == []


def test_three_resets_an_hour_are_enough_known_or_not(cast, client):
    for address in ("ada@example.org", "x@y.example"):
        codes = [client.post("/reset", data={"address": address}).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]


def test_the_link_works_once_and_opening_uses_nothing_up(cast, client):
    link = reset_link(client)
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert client.post(link, data={"password": NEW}).status_code == 303
    assert client.get(link).status_code == 410
    answer = client.post(link, data={"password": NEW})
    assert answer.status_code == 410
    assert "This link was used or is older than 1 hour. Get a new one." in answer.text


def test_the_link_is_gone_after_an_hour_or_when_another_was_asked_for(cast, client):
    with clock.at(clock.now()):
        first = reset_link(client)
        clock.advance(seconds=2)
        second = reset_link(client)
        assert client.get(first).status_code == 410
        clock.advance(minutes=61)
        assert client.post(second, data={"password": NEW}).status_code == 410


def test_a_weak_new_password_leaves_the_link_good(cast, client):
    link = reset_link(client)
    assert client.post(link, data={"password": "password1"}).status_code == 422
    assert client.post(link, data={"password": NEW}).status_code == 303


def test_a_suspended_member_gets_no_link(cast, client):
    with write_transaction():
        cast.ada.state = MemberState.SUSPENDED
    client.post("/reset", data={"address": "ada@example.org"})
    assert letters("ada@example.org") == []


def test_changing_it_asks_for_the_old_one_and_ends_the_others(cast, house, client):
    sign_in(client, cast.ada)
    elsewhere = sign_in(house.test_client(), cast.ada)
    wrong = {"current_password": "not this one", "password": NEW}
    assert client.post("/settings/password", data=wrong).status_code == 422
    right = wrong | {"current_password": PASSWORD}
    assert client.post("/settings/password", data=right).status_code == 303
    assert client.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 302
    assert "was changed" in letters("ada@example.org")[-1]
