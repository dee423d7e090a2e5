"""Groups: who makes them, comes in, sees them and looks after them."""

import pytest
from sqlalchemy import select

from community.audiences import Level, new_audience, set_grant
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, NotFound
from community.events import EventRow
from community.groups.actions import (
    admit,
    create_group,
    join_group,
    leave_group,
    request_to_join,
    set_owner,
    take_out,
)
from community.groups.models import Group, JoinRequest, Membership
from community.groups.policy import _may_see
from community.policy import may_see, visible
from tests.conftest import sign_in


def make(cast, **facts):
    return create_group(facts.pop("name", "Beta testers"), by=cast.viewer("eve"), **facts)


def members(group):
    return set(session.scalars(select(Membership.member_id).where(Membership.group_id == group.id)))


def test_an_employee_makes_a_group_and_owns_it(app, cast):
    group = make(cast)
    membership = session.get_one(Membership, (group.id, cast.eve.id))
    assert membership.owner and group.slug == "beta-testers"
    names = set(session.scalars(select(EventRow.name)))
    assert {"GroupCreated", "GroupJoined"} <= names


@pytest.mark.parametrize("name", ["ada", "mo"])
def test_customers_make_none(cast, name):
    with pytest.raises(Forbidden):
        create_group("Ours", by=cast.viewer(name))


def test_anybody_joins_an_open_group_and_twice_changes_nothing(app, cast):
    group = make(cast, join_rule="open")
    join_group(group, by=cast.viewer("ada"))
    join_group(group, by=cast.viewer("ada"))
    assert members(group) == {cast.eve.id, cast.ada.id}
    joined = session.scalars(select(EventRow).where(EventRow.name == "GroupJoined")).all()
    assert len(joined) == 2


@pytest.mark.parametrize("rule", ["request", "invitation"])
def test_nobody_walks_into_another_group(cast, rule):
    with pytest.raises(Forbidden):
        join_group(make(cast, join_rule=rule), by=cast.viewer("ada"))


def test_an_owner_admits_who_asked(cast):
    group = make(cast, join_rule="request")
    request_to_join(group, by=cast.viewer("ada"))
    request_to_join(group, by=cast.viewer("ada"))
    assert len(session.scalars(select(JoinRequest)).all()) == 1
    with pytest.raises(Forbidden):
        admit(group, cast.ada, by=cast.viewer("ben"))
    admit(group, cast.ada, by=cast.viewer("eve"))
    assert cast.ada.id in members(group)
    assert session.scalar(select(JoinRequest)) is None


def test_the_last_owner_stays_until_there_is_another(cast):
    group = make(cast, join_rule="open")
    join_group(group, by=cast.viewer("pam"))
    with pytest.raises(Conflict):
        leave_group(group, by=cast.viewer("eve"))
    set_owner(group, cast.pam, True, by=cast.viewer("eve"))
    leave_group(group, by=cast.viewer("eve"))
    assert members(group) == {cast.pam.id}


def test_a_member_does_not_take_others_out(cast):
    group = make(cast, join_rule="open")
    join_group(group, by=cast.viewer("ada"))
    with pytest.raises(Forbidden):
        take_out(group, cast.eve, by=cast.viewer("ada"))
    take_out(group, cast.ada, by=cast.viewer("al"))
    assert members(group) == {cast.eve.id}


def test_a_hidden_group_does_not_exist_for_others(cast, house):
    group = make(cast, hidden=True, join_rule="open")
    ada, eve = (sign_in(house.test_client(), member) for member in (cast.ada, cast.eve))
    assert eve.get(f"/groups/{group.slug}").status_code == 200
    hidden, absent = ada.get(f"/groups/{group.slug}"), ada.get("/groups/never-was")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data
    assert "Beta testers" not in ada.get("/groups").text
    assert ada.post(f"/groups/{group.slug}/membership").status_code == 404
    with pytest.raises(NotFound):
        join_group(group, by=cast.viewer("ada"))


def test_the_check_and_the_filter_agree(app, cast):
    make(cast), make(cast, name="Secret", hidden=True)
    names = ["visitor", "ada", "eve", "mo", "al"]
    for viewer in map(cast.viewer, names):
        found = set(session.scalars(select(Group.id).where(visible(Group, viewer))))
        every = session.scalars(select(Group)).all()
        assert found == {group.id for group in every if may_see(viewer, group)}
    assert _may_see(cast.viewer("al"), session.scalars(select(Group).where(Group.hidden)).one())


def test_a_customer_in_the_group_makes_its_spaces_external(app, cast):
    group = make(cast, join_rule="open")
    with write_transaction():
        audience = new_audience("space:beta")
        set_grant(audience, Level.REPLY, group=group)
    assert not audience.external
    join_group(group, by=cast.viewer("ada"))
    session.refresh(audience)
    assert audience.external and audience.id in cast.viewer("ada").audiences
    leave_group(group, by=cast.viewer("ada"))
    session.refresh(audience)
    assert not audience.external and audience.id not in cast.viewer("ada").audiences


def test_through_the_pages(cast, house):
    eve, ada = (sign_in(house.test_client(), member) for member in (cast.eve, cast.ada))
    form = {"name": "Pilots", "about": "Who tries things first", "join_rule": "request"}
    assert eve.get("/groups/new").status_code == 200
    assert eve.post("/groups", data=form).headers["Location"] == "/groups/pilots"
    assert ada.get("/groups/new").status_code == 404
    assert ada.post("/groups", data=form).status_code == 403
    assert ada.post("/groups/pilots/request").status_code == 303
    assert "Who would like to join" in eve.get("/groups/pilots").text
    assert "Who would like to join" not in ada.get("/groups/pilots").text
    there = f"/groups/pilots/members/{cast.ada.public_id}"
    assert ada.post(f"{there}/admission").status_code == 403
    assert eve.post(f"{there}/admission").status_code == 303
    assert ada.get("/groups/pilots/edit").status_code == 403
    assert eve.post("/groups/pilots/members", data={"username": "@ben"}).status_code == 303
    assert "Ben" in ada.get("/groups/pilots").text


def test_a_group_without_a_name_is_refused_and_the_rest_kept(cast, client):
    answer = sign_in(client, cast.eve).post("/groups", data={"name": " ", "about": "Kept words"})
    assert answer.status_code == 422
    assert "A group needs a name." in answer.text and "Kept words" in answer.text


def test_a_name_of_ten_thousand_characters_is_refused(cast, client):
    answer = sign_in(client, cast.eve).post("/groups", data={"name": "x" * 10_001})
    assert answer.status_code == 422 and "10,001 characters; at most 120." in answer.text
