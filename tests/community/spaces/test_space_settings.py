"""Opening spaces, granting levels, and what narrows and widens with them."""

import pytest
from sqlalchemy import select

from community.audiences import Audience, Level, narrow, set_grant
from community.audit import AuditEntry
from community.database import session, write_transaction
from community.errors import Forbidden, Invalid, NotFound
from community.groups.models import Group, GroupKind, Membership
from community.spaces.actions import create_space, grant_level
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space
from tests.conftest import sign_in
from tests.world import group


def new_space(cast) -> Space:
    return create_space(SpaceKind.CATEGORY, "Lab", by=cast.viewer("al"))


def test_a_new_space_is_open_to_nobody_but_administrators(app, cast):
    space = new_space(cast)
    assert space.audience_id not in cast.viewer("eve").audiences
    assert space.audience_id in cast.viewer("al").audiences


def test_a_grant_opens_it_at_once_and_taking_it_back_closes_it(app, cast):
    space = new_space(cast)
    customers = group("segment:customer")
    grant_level(space, Level.REPLY, by=cast.viewer("al"), group=customers)
    assert cast.viewer("ada").level(space.audience_id) == Level.REPLY
    grant_level(space, Level.NONE, by=cast.viewer("al"), group=customers)
    with pytest.raises(NotFound):
        find_space("lab", cast.viewer("ada"))


def test_the_highest_of_several_grants_holds(app, cast):
    space = new_space(cast)
    al = cast.viewer("al")
    grant_level(space, Level.SEE, by=al, group=group("everyone"))
    grant_level(space, Level.CREATE, by=al, group=group("segment:customer"))
    grant_level(space, Level.MODERATE, by=al, member=cast.ada)
    assert cast.viewer("ada").level(space.audience_id) == Level.MODERATE
    assert cast.viewer("ben").level(space.audience_id) == Level.CREATE
    assert cast.viewer("visitor").level(space.audience_id) == Level.SEE


def test_only_who_owns_a_space_grants_in_it(app, cast):
    space = find_space("help", cast.viewer("mo"))
    with pytest.raises(Forbidden):
        grant_level(space, Level.OWN, by=cast.viewer("mo"), member=cast.mo)
    grant_level(space, Level.OWN, by=cast.viewer("al"), member=cast.mo)
    grant_level(space, Level.REPLY, by=cast.viewer("mo"), group=group("segment:partner"))


def test_grants_stand_in_the_audit_log(app, cast):
    space = new_space(cast)
    grant_level(space, Level.SEE, by=cast.viewer("al"), group=group("everyone"))
    deeds = session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
    assert deeds == ["space.created", "space.granted"]


def test_a_space_is_external_when_one_who_is_no_employee_can_read_it(app, cast):
    space = new_space(cast)
    al = cast.viewer("al")
    grant_level(space, Level.CREATE, by=al, group=group("segment:employee"))
    assert not space.audience.external
    grant_level(space, Level.SEE, by=al, member=cast.ada)
    assert space.audience.external
    grant_level(space, Level.NONE, by=al, member=cast.ada)
    assert not space.audience.external


def circle(cast, *members) -> Group:
    with write_transaction():
        made = Group(kind=GroupKind.CUSTOM, slug="circle", name="Circle")
        session.add(made)
        session.flush()
        session.add_all(Membership(group_id=made.id, member_id=m.id) for m in members)
    return made


def test_a_narrowing_is_for_those_in_both_and_keeps_their_level(app, cast):
    made = circle(cast, cast.ada, cast.eve)
    floor = find_space("floor", cast.viewer("eve"))
    with write_transaction():
        narrowed = narrow(floor.audience, [made])
        again = narrow(floor.audience, [made])
    assert narrowed.id == again.id
    assert cast.viewer("eve").level(narrowed.id) == Level.CREATE
    assert cast.viewer("ada").level(narrowed.id) == Level.NONE, "she cannot read the space"
    assert cast.viewer("pam").level(narrowed.id) == Level.NONE, "she is not in the circle"
    assert not narrowed.external


def test_a_narrowing_follows_its_space(app, cast):
    made = circle(cast, cast.ada, cast.eve)
    floor = find_space("floor", cast.viewer("eve"))
    with write_transaction():
        narrowed = narrow(floor.audience, [made])
        set_grant(session.get_one(Audience, floor.audience_id), Level.SEE, group=group("members"))
    assert cast.viewer("ada").level(narrowed.id) == Level.SEE
    assert session.get_one(Audience, narrowed.id).external


def test_categories_nest_two_deep_and_no_deeper(app, cast):
    al = cast.viewer("al")
    upper = new_space(cast)
    lower = create_space(SpaceKind.CATEGORY, "Inner lab", by=al, parent=upper)
    with app.test_request_context(), pytest.raises(Invalid):
        create_space(SpaceKind.CATEGORY, "Too deep", by=al, parent=lower)


def test_a_customer_cannot_open_a_space(app, cast):
    with pytest.raises(Forbidden):
        create_space(SpaceKind.CATEGORY, "Mine", by=cast.viewer("ada"))


def test_an_administrator_opens_a_space_and_grants_in_the_browser(client, cast):
    sign_in(client, cast.al)
    made = client.post("/admin/spaces", data={"kind": "category", "name": "Lab"})
    assert made.location == "/spaces/lab/settings"
    granted = client.post("/spaces/lab/grants", data={"group": "everyone", "level": "1"})
    assert granted.status_code == 303
    client.post("/spaces/lab/grants", data={"member": "ada", "level": "3"})
    assert "may open topics" in client.get("/spaces/lab/settings").text
    assert client.application.test_client().get("/c/lab").status_code == 200


def test_a_space_s_settings_do_not_exist_for_who_does_not_own_it(client, cast):
    sign_in(client, cast.mo)
    mine, none = client.get("/spaces/help/settings"), client.get("/spaces/nothing/settings")
    assert mine.status_code == 404
    assert mine.data == none.data
    changed = client.post("/spaces/help/settings", data={"name": "Mine"})
    assert changed.status_code == 404


def test_a_name_that_is_too_long_is_refused_and_kept(client, cast):
    sign_in(client, cast.al)
    answer = client.post("/admin/spaces", data={"kind": "category", "name": "x" * 81})
    assert answer.status_code == 422
    assert "x" * 81 in answer.text
