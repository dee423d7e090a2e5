"""Forms open too long, ended sign-ins, foreign hosts: refused, and nothing is lost."""

import pytest

from community.database import session
from tests.conftest import sign_in

PROFILE = {"name": "Ada", "about": "Words that took an hour to write."}


@pytest.fixture
def guarded(house, client):
    """A browser on a house that checks its forms, as it does outside of tests."""
    yield client
    house.config["WTF_CSRF_ENABLED"] = False


def test_a_form_open_too_long_gives_the_text_back_and_writes_nothing(cast, house, guarded):
    sign_in(guarded, cast.ada)
    house.config["WTF_CSRF_ENABLED"] = True
    answer = guarded.post("/settings/profile", data=PROFILE | {"csrf_token": "old"})
    assert answer.status_code == 400
    assert "This form was open too long." in answer.text
    assert PROFILE["about"] in answer.text
    session.refresh(cast.ada.profile)
    assert cast.ada.profile.about_text_id is None


def test_secrets_are_not_given_back(house, cast, guarded):
    house.config["WTF_CSRF_ENABLED"] = True
    answer = guarded.post("/sign-in", data={"address": "ada", "password": "very secret words"})
    assert answer.status_code == 400 and "very secret words" not in answer.text


def test_a_sign_in_that_ended_meanwhile_asks_for_another_and_keeps_the_text(cast, client):
    answer = client.post("/settings/profile", data=PROFILE)
    assert answer.status_code == 401
    assert "Please sign in again" in answer.text and PROFILE["about"] in answer.text


def test_extra_fields_change_nothing(cast, client):
    extra = {"username": "root", "segment": "employee", "member_id": "1", "state": "active"}
    sign_in(client, cast.ada).post("/settings/profile", data=PROFILE | extra)
    session.refresh(cast.ada)
    assert (cast.ada.segment, cast.ada.username) == ("customer", "ada")


def test_a_foreign_host_is_refused_and_gets_no_mail_out(house, cast, client, monkeypatch):
    monkeypatch.setattr(house, "testing", False)
    answer = client.post(
        "/reset", data={"address": "ada@example.org"}, headers={"Host": "evil.example"}
    )
    assert answer.status_code == 400 and "evil.example" not in answer.text


@pytest.mark.parametrize("address", ["/sign-up", "/sign-in", "/reset", "/settings/profile"])
def test_what_is_not_done_at_an_address_is_said(cast, client, address):
    answer = client.delete(address)
    assert answer.status_code == 405 and "POST" in answer.headers["Allow"]
