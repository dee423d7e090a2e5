"""The audit log as administrators read it."""

import pytest

from community.audit import record
from community.database import write_transaction
from community.members.actions import Place
from community.members.administration import change_place
from community.members.models import Segment
from tests.conftest import sign_in
from tests.sql import statements_of


@pytest.fixture
def al(client, cast):
    return sign_in(client, cast.al)


def move(cast, reason="The contract changed"):
    change_place(cast.ada, Place(segment=Segment.EMPLOYEE), by=cast.viewer("al"), reason=reason)


def test_a_deed_is_shown_with_its_reason_and_what_changed(al, cast):
    move(cast)
    page = al.get("/admin/audit").text
    assert "member.place_changed" in page
    assert "The contract changed" in page
    assert "segment: customer" in page and "segment: employee" in page
    assert f"/admin/members/{cast.ada.public_id}" in page


def test_deeds_are_found_by_how_they_begin(al, cast):
    move(cast)
    assert "member.place_changed" in al.get("/admin/audit?deed=member.").text
    assert "member.place_changed" not in al.get("/admin/audit?deed=topic.").text


def test_deeds_are_found_by_who_did_them_and_to_whom(al, cast):
    move(cast)
    for person in (cast.al, cast.ada):
        found = al.get("/admin/audit", query_string={"member": f"@{person.username}"})
        assert "member.place_changed" in found.text
    other = al.get("/admin/audit", query_string={"member": cast.cleo.username})
    assert "member.place_changed" not in other.text


def test_what_is_gone_is_said_to_be_gone(al, cast):
    with write_transaction():
        record(cast.viewer("al"), "unit.renamed", ("unit", 999_999), before={"name": "Support"})
    page = al.get("/admin/audit").text
    assert "no longer there" in page and "name: Support" in page


def test_the_log_is_paged(al, cast):
    with write_transaction():
        for number in range(51):
            record(cast.viewer("al"), f"test.deed_{number:02}", ("member", cast.ada.id))
    first = al.get("/admin/audit").text
    assert 'rel="next"' in first
    assert first.count("<code>test.deed_") == 50


def test_the_page_asks_few_questions_however_long_it_is(al, cast):
    with write_transaction():
        for _ in range(20):
            record(cast.viewer("al"), "member.seen", ("member", cast.ada.id), reason="x")
    assert len(statements_of(al, "/admin/audit")) <= 12


@pytest.mark.parametrize("name", ["eve", "mo", "max"])
def test_for_others_the_page_does_not_exist(client, cast, name):
    assert sign_in(client, getattr(cast, name)).get("/admin/audit").status_code == 404
