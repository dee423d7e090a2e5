"""What administrators do to members, with a reason, never to an equal; and what is audited."""

import pytest
from sqlalchemy import select

from community.audiences import Level, new_audience, set_grant
from community.audit import AuditEntry
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, Invalid
from community.events import EventRow, emit
from community.groups.models import Group, Membership
from community.members.actions import Place
from community.members.administration import (
    change_place,
    change_roles,
    reactivate,
    resign,
    suspend,
)
from community.members.events import ProfileChanged
from community.members.models import MemberState, Role, Segment, SiteRole
from community.members.policy import roles_of
from tests.conftest import sign_in

WHY = "because the contract changed"


def appoint(member, role):
    with write_transaction():
        session.add(SiteRole(member_id=member.id, role=role))


def test_a_new_segment_counts_from_now_on(app, cast):
    with write_transaction():
        emit(ProfileChanged(actor_id=cast.ada.id, member_id=cast.ada.id))
    change_place(cast.ada, Place(segment=Segment.EMPLOYEE), by=cast.viewer("al"), reason=WHY)
    with write_transaction():
        emit(ProfileChanged(actor_id=cast.ada.id, member_id=cast.ada.id))
    rows = session.scalars(
        select(EventRow).where(EventRow.name == "ProfileChanged").order_by(EventRow.id)
    )
    assert [row.segment for row in rows] == ["customer", "employee"]
    changed = session.scalars(select(EventRow).where(EventRow.name == "SegmentChanged")).one()
    assert (changed.payload["before"], changed.payload["after"]) == ("customer", "employee")
    assert cast.ada.organization_id is None


def test_a_change_to_employee_makes_a_group_internal(cast):
    with write_transaction():
        group = Group(slug="crew", name="Crew")
        session.add(group)
        session.flush()
        session.add(Membership(group_id=group.id, member_id=cast.ada.id))
        audience = new_audience("space:crew")
        set_grant(audience, Level.SEE, group=group)
    assert audience.external
    change_place(cast.ada, Place(segment=Segment.EMPLOYEE), by=cast.viewer("al"), reason=WHY)
    session.refresh(audience)
    assert not audience.external


@pytest.mark.parametrize("deed", ["place", "roles", "suspend"])
@pytest.mark.parametrize("name", ["ada", "eve", "mo", "max"])
def test_nobody_else_administers(cast, deed, name):
    with pytest.raises(Forbidden):
        do(deed, cast.ben, cast.viewer(name))


@pytest.mark.parametrize("deed", ["place", "roles", "suspend"])
def test_nobody_acts_on_an_equal(cast, deed):
    appoint(cast.pam, Role.ADMINISTRATOR)
    for target in (cast.pam, cast.al):
        with pytest.raises(Forbidden):
            do(deed, target, cast.viewer("al"))


@pytest.mark.parametrize("deed", ["place", "roles", "suspend"])
def test_each_deed_needs_a_reason_and_stands_in_the_log_once(cast, deed):
    with pytest.raises(Invalid) as refused:
        do(deed, cast.ben, cast.viewer("al"), reason=" ")
    assert refused.value.field == "reason"
    do(deed, cast.ben, cast.viewer("al"))
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (
        cast.al.id,
        "member",
        cast.ben.id,
    )
    assert entry.detail.reason == WHY and entry.detail.before != entry.detail.after


def do(deed, member, by, reason=WHY):
    if deed == "place":
        change_place(member, Place(segment=Segment.PARTNER), by=by, reason=reason)
    elif deed == "roles":
        change_roles(member, frozenset({"moderator"}), by=by, reason=reason)
    else:
        suspend(member, by=by, reason=reason)


def test_a_site_moderator_suspends_members_but_no_other_moderator(cast):
    for member in (cast.eve, cast.pam):
        appoint(member, Role.MODERATOR)
    suspend(cast.ada, by=cast.viewer("eve"), reason=WHY)
    with pytest.raises(Forbidden):
        suspend(cast.pam, by=cast.viewer("eve"), reason=WHY)


def test_a_suspension_works_at_the_next_request_and_ends(cast, house):
    ada = sign_in(house.test_client(), cast.ada)
    suspend(cast.ada, by=cast.viewer("al"), reason=WHY)
    assert ada.get("/settings").status_code == 302
    with pytest.raises(Conflict):
        suspend(cast.ada, by=cast.viewer("al"), reason=WHY)
    reactivate(cast.ada, by=cast.viewer("al"), reason=WHY)
    assert cast.ada.state == MemberState.ACTIVE
    assert ada.get("/settings").status_code == 200


def test_a_role_taken_is_gone_at_once(cast):
    change_roles(cast.max, frozenset(), by=cast.viewer("al"), reason=WHY)
    assert cast.viewer("max").roles == frozenset()


def test_the_last_administrator_stays(cast):
    with pytest.raises(Conflict):
        resign(cast.al, by=cast.viewer("al"))
    appoint(cast.pam, Role.ADMINISTRATOR)
    resign(cast.al, by=cast.viewer("al"))
    assert roles_of(cast.al) == frozenset()


def test_the_pages_exist_for_administrators_alone(cast, house):
    addresses = [
        "/admin",
        "/admin/members",
        "/admin/organizations",
        "/admin/units",
        "/admin/domains",
    ]
    addresses.append(f"/admin/members/{cast.ada.public_id}")
    for member in (None, cast.ada, cast.eve, cast.mo, cast.max):
        client = house.test_client()
        if member:
            sign_in(client, member)
        absent = client.get("/never-was")
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 404 and answer.data == absent.data
    al = sign_in(house.test_client(), cast.al)
    assert [al.get(address).status_code for address in addresses] == [303, 200, 200, 200, 200, 200]


def test_one_finds_members_by_address_and_changes_them(cast, client):
    sign_in(client, cast.al)
    assert "Cleo" in client.get("/admin/members?q=CLEO@example").text
    assert "Cleo" not in client.get("/admin/members?q=ada@").text
    there = f"/admin/members/{cast.cleo.public_id}"
    unit = client.get(there).text.split("Support")[0].rsplit('value="', 1)[1].split('"')[0]
    form = {"segment": "employee", "unit": unit, "organization": "", "reason": WHY}
    assert client.post(f"{there}/place", data=form | {"reason": ""}).status_code == 422
    assert client.post(f"{there}/place", data=form).status_code == 303
    session.refresh(cast.cleo)
    assert cast.cleo.unit.name == "Support" and WHY in client.get(there).text


def test_organizations_units_and_domains_through_the_pages(cast, client):
    sign_in(client, cast.al)
    good = {
        "name": "Alder",
        "type": "customer",
        "plan": "gold",
        "value": "1,200",
        "external_id": "",
    }
    assert client.post("/admin/organizations", data=good).status_code == 303
    assert client.post("/admin/organizations", data=good).status_code == 409
    answer = client.post("/admin/organizations", data=good | {"name": "Birch", "value": "lots"})
    assert answer.status_code == 422 and 'value="Birch"' in answer.text
    assert client.post("/admin/units", data={"name": "Sales"}).status_code == 303
    assert "Sales" in client.get("/admin/units").text
    rule = {"domain": "alder.example", "segment": "customer"}
    assert client.post("/admin/domains", data=rule).status_code == 303
    assert client.post("/admin/domains", data=rule | {"domain": "x"}).status_code == 422
    assert client.post("/admin/domains", data=rule | {"segment": "bot"}).status_code == 422
    assert "alder.example" in client.get("/admin/domains").text
    assert client.post("/admin/domains/alder.example/delete").status_code == 303
    assert "alder.example" not in client.get("/admin/domains").text


def test_the_console_moves_a_member(cast, house):
    said = house.test_cli_runner().invoke(args=["member", "segment", "ada", "partner"])
    assert said.exit_code == 0, said.output
    session.refresh(cast.ada)
    assert cast.ada.segment == Segment.PARTNER
