"""Another e-mail address: with the password, once its mailbox has answered."""

import pytest
from sqlalchemy import select

from community import clock
from community.credentials.models import EmailAddress
from community.database import session, write_transaction
from community.events import EventRow
from community.members.models import Segment
from community.organizations.models import DomainRule
from tests.community.credentials.mailbox import letters, link_in
from tests.conftest import sign_in
from tests.world import PASSWORD

NEW = "ada@new.example"


def ask(client, address=NEW, password=PASSWORD):
    form = {"address": address, "current_password": password}
    return client.post("/settings/address", data=form)


def address_of(member):
    return session.scalars(
        select(EmailAddress.address).where(EmailAddress.member_id == member.id)
    ).one()


def test_the_address_changes_when_the_link_is_sent_and_the_former_one_is_told(app, cast, client):
    assert ask(sign_in(client, cast.ada)).status_code == 303
    link = link_in(letters(NEW)[-1])
    assert client.get(link).status_code == 200
    assert address_of(cast.ada) == "ada@example.org"
    assert client.post(link).status_code == 303
    assert address_of(cast.ada) == NEW
    assert NEW in letters("ada@example.org")[-1]
    assert client.get(link).status_code == client.post(link).status_code == 410


def test_it_takes_the_password_and_an_address(cast, client):
    sign_in(client, cast.ada)
    assert ask(client, password="wrong").status_code == 422
    assert ask(client, address="nowhere").status_code == 422
    assert letters(NEW) == []


def test_nobody_learns_whose_address_it_is(cast, client):
    sign_in(client, cast.ada)
    known, unknown = ask(client, address="ben@example.org"), ask(client)
    assert known.status_code == unknown.status_code == 303
    assert known.headers["Location"] == unknown.headers["Location"]
    assert "You are a member already" in letters("ben@example.org")[-1]


def test_the_link_is_for_its_member_and_for_an_hour(cast, house, client):
    with clock.at(clock.now()):
        ask(sign_in(client, cast.ada))
        link = link_in(letters(NEW)[-1])
        ben = sign_in(house.test_client(), cast.ben)
        assert ben.post(link).status_code == 403
        assert client.post(link + "x").status_code == 410
        clock.advance(minutes=61)
        assert client.post(link).status_code == 410


@pytest.mark.parametrize(("name", "segment"), [("mo", "customer"), ("guest", "employee")])
def test_a_public_member_is_placed_by_the_new_domain(cast, house, client, name, segment):
    with write_transaction():
        session.add(DomainRule(domain="new.example", segment=Segment.EMPLOYEE))
        cast.guest = cast.ben
        cast.ben.segment = Segment.PUBLIC
    member = getattr(cast, name)
    ask(sign_in(client, member))
    client.post(link_in(letters(NEW)[-1]))
    session.refresh(member)
    assert member.segment == segment
    changed = session.scalars(select(EventRow.id).where(EventRow.name == "SegmentChanged")).all()
    assert len(changed) == (segment == "employee")
