"""Joining: what is refused, and that nobody learns which addresses are known."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from community import clock
from community.credentials.models import EmailAddress, SignUp
from community.database import session, write_transaction
from community.events import EventRow
from community.members.models import Member, Profile, Segment
from community.organizations.models import DomainRule
from tests.community.credentials.mailbox import letters, link_in

DORA = {
    "name": "Dora Field",
    "username": "dora",
    "address": "dora@nordlicht.example",
    "password": "seven otters knit",
}


def ask(client, **changes):
    return client.post("/sign-up", data=DORA | changes)


def mailed_link(address=DORA["address"]):
    return link_in(letters(address)[-1])


def test_a_stranger_signs_up_confirms_and_is_in(app, cast, client):
    assert ask(client).status_code == 303
    assert client.post(mailed_link()).status_code == 303
    dora = session.scalars(select(Member).join(Profile).where(Profile.username == "dora")).one()
    assert dora.segment == Segment.PUBLIC
    assert client.get("/settings").status_code == 200
    assert {"MemberJoined", "MemberConfirmed"} <= set(session.scalars(select(EventRow.name)))


def join_from(client, page: str) -> str:
    """Follow the link to joining that stands on this page; where one is at the end."""
    form = client.get("/sign-up", headers={"Referer": f"http://localhost{page}"}).text
    (there,) = re.findall(r'name="next" value="([^"]*)"', form)
    ask(client, next=unescape(there))
    return client.post(mailed_link()).headers["Location"]


def test_whoever_joins_comes_back_to_the_page_they_came_from_and_is_welcome(cast, client):
    assert join_from(client, "/tags?after=x&sort=new") == "/tags?after=x&sort=new"
    assert "Welcome, Dora Field. You are a member now." in client.get("/tags").text
    assert "Welcome, Dora" not in client.get("/tags").text


@pytest.mark.parametrize(
    "page", ["/", "/sign-in?next=/tags", "/settings/sign-ins/delete", "/nowhere"]
)
def test_whoever_joins_from_nowhere_in_particular_sees_what_is_talked_about(cast, client, page):
    assert join_from(client, page) == "/latest"


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "/" + "x" * 9_000])
def test_joining_leads_nobody_astray(cast, client, there):
    ask(client, next=there)
    assert client.post(mailed_link()).headers["Location"] == "/latest"


def test_whoever_confirms_elsewhere_sees_what_is_talked_about(cast, house, client):
    ask(client, next="/tags")
    answer = house.test_client().post(mailed_link(), data={"password": DORA["password"]})
    assert answer.headers["Location"] == "/latest"


def test_whoever_is_to_sign_in_first_and_joins_instead_gets_there_too(cast, client):
    page = client.get("/sign-in?next=/c/help/new").text
    assert 'href="/sign-up?next=/c/help/new"' in page
    assert 'name="next" value="/c/help/new"' in client.get("/sign-up?next=/c/help/new").text


def test_a_page_of_another_site_is_no_place_to_come_back_to(cast, client):
    form = client.get("/sign-up", headers={"Referer": "https://evil.example/tags"}).text
    assert 'name="next" value="/"' in form


def test_opening_the_link_confirms_nothing(cast, client):
    ask(client)
    link = mailed_link()
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert session.scalar(select(Member.id).join(Profile).where(Profile.username == "dora")) is None
    assert client.post(link).status_code == 303


def test_a_link_that_was_used_is_gone(cast, client):
    ask(client)
    link = mailed_link()
    client.post(link)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "This link was used or is older than 24 hours. Get a new one." in answer.text


def test_a_link_older_than_a_day_is_gone(cast, client):
    with clock.at(clock.now()):
        ask(client)
        link = mailed_link()
        clock.advance(hours=25)
        assert client.post(link).status_code == 410


def test_elsewhere_the_password_is_asked_for_once_more(cast, house, client):
    ask(client)
    link, elsewhere = mailed_link(), house.test_client()
    assert elsewhere.post(link).status_code == 422
    assert elsewhere.post(link, data={"password": DORA["password"]}).status_code == 303


def test_a_known_address_gets_the_same_answer_and_another_letter(cast, house):
    known, unknown = house.test_client(), house.test_client()
    answers = [ask(known, address="ada@example.org"), ask(unknown)]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert "You are a member already" in letters("ada@example.org")[0]
    assert session.scalar(select(SignUp).where(SignUp.address == "ada@example.org")) is None


def test_a_name_is_not_taken_by_asking_so_that_it_tells_nothing(cast, house):
    ask(house.test_client(), address="ada@example.org")
    ask(house.test_client())
    again = ask(house.test_client(), address="other@nordlicht.example")
    assert again.status_code == 303


def test_a_name_taken_meanwhile_is_chosen_anew(cast, house):
    first, second = house.test_client(), house.test_client()
    ask(first)
    ask(second, address="dora@harbour.example")
    links = [mailed_link(), mailed_link("dora@harbour.example")]
    assert first.post(links[0]).status_code == 303
    answer = second.post(links[1])
    assert answer.status_code == 422 and "taken or too similar" in answer.text
    assert second.post(links[1], data={"username": "dora.field"}).status_code == 303


@pytest.mark.parametrize(
    "username",
    [
        "Admin",
        "ａdmin",
        "admin\u200b",
        "аdmin",
        "ADA",
        "аdа",
        "ada\u200d",
        "ádá",
        "Guildhall",
        "m0",
    ],
)
def test_a_name_like_anothers_is_refused(cast, client, username):
    answer = ask(client, username=username)
    assert answer.status_code == 422
    assert "This name is taken or too similar." in answer.text
    assert DORA["name"] in answer.text


@pytest.mark.parametrize(
    "username", ["a", "x" * 41, "two words", "-dora", "<b>", "doraдора", "", "."]
)
def test_a_name_that_cannot_be_written_in_an_address_is_refused(cast, client, username):
    assert ask(client, username=username).status_code == 422


@pytest.mark.parametrize("username", ["Łukasz", "dora-field", "d.field_7", "дора", "山田"])
def test_names_of_many_scripts_are_taken(cast, client, username):
    assert ask(client, username=username).status_code == 303


@pytest.mark.parametrize("address", ["", "dora", "dora@", "a@b@c.example", "dora@localhost\nX: 1"])
def test_what_is_no_address_is_refused(cast, client, address):
    answer = ask(client, address=address)
    assert answer.status_code == 422 and "This is not an e-mail address." in answer.text


def test_a_refused_domain_is_refused(cast, house, client, monkeypatch):
    from dataclasses import replace

    chosen = replace(house.config["SETTINGS"], refused_domains=frozenset({"nordlicht.example"}))
    monkeypatch.setitem(house.config, "SETTINGS", chosen)
    assert ask(client).status_code == 422


def test_all_faults_are_said_at_once_and_the_password_is_not_given_back(cast, client):
    answer = client.post("/sign-up", data={"name": " \u200b", "username": "x", "password": "short"})
    assert answer.status_code == 422
    assert len(re.findall("control__error", answer.text)) == 4
    assert 'value="short"' not in answer.text


def test_the_segment_follows_from_the_domain(cast, client):
    with write_transaction():
        organization_id = cast.ada.organization_id
        session.add(
            DomainRule(
                domain="nordlicht.example",
                segment=Segment.CUSTOMER,
                organization_id=organization_id,
            )
        )
    ask(client)
    client.post(mailed_link())
    dora = session.scalars(select(Member).join(Profile).where(Profile.username == "dora")).one()
    assert (dora.segment, dora.organization_id) == (Segment.CUSTOMER, organization_id)


def test_fields_that_are_not_asked_for_are_ignored(cast, client):
    ask(client, segment="employee", role="administrator", state="active", id="1")
    client.post(mailed_link(), data={"segment": "employee"})
    dora = session.scalars(select(Member).join(Profile).where(Profile.username == "dora")).one()
    assert dora.segment == Segment.PUBLIC


def test_ten_in_an_hour_from_one_network_are_enough(cast, client):
    for number in range(10):
        assert ask(client, username=f"dora{number}").status_code == 303
    answer = ask(client, username="dora11")
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 3000


def test_who_is_signed_in_does_not_join_again(cast, client):
    from tests.conftest import sign_in

    assert ask(sign_in(client, cast.ada)).status_code == 403


def test_two_confirmations_at_once_make_one_member(cast, client):
    ask(client)
    link = mailed_link()
    client.post(link)
    client.post(link)
    assert (
        len(
            session.scalars(
                select(EmailAddress).where(EmailAddress.folded == DORA["address"])
            ).all()
        )
        == 1
    )
