"""The product manager's desk."""

from datetime import timedelta

import pytest

from community import clock
from community.database import session
from ideas.board.statuses import Status
from ideas.review.queries import quarters_ahead
from tests.conftest import sign_in
from tests.ideas.proposals import REASON, decide, propose, walk


def desk(client, cast, name="pam"):
    idea = propose(cast)
    decide(cast, idea, Status.UNDER_REVIEW)
    sign_in(client, getattr(cast, name))
    return idea, f"/ideas/{idea.public_id}/status"


def test_the_form_offers_what_may_follow(client, cast):
    _idea, url = desk(client, cast)
    page = client.get(url).text
    assert 'value="declined"' in page and 'value="planned"' in page
    assert 'value="shipped"' not in page
    assert "needs a reason, the day on which you look at it again" in page


def test_a_decision_is_shown_on_the_idea(client, cast):
    idea, url = desk(client, cast)
    later = (clock.now() + timedelta(days=90)).date()
    form = {"to": "not_now", "reason": REASON, "revisit_on": later.isoformat()}
    assert client.post(url, data=form).status_code == 303
    page = client.get(f"/ideas/{idea.public_id}").text
    assert "Not now: to be looked at again on" in page
    assert "Take it back" in page


def test_taking_it_back_over_the_web(client, cast):
    idea, url = desk(client, cast)
    assert client.post(f"{url}/delete").status_code == 303
    session.rollback()
    assert idea.status == Status.NEW


def test_what_was_typed_stays_with_its_errors(client, cast):
    _idea, url = desk(client, cast)
    answer = client.post(url, data={"to": "not_now", "reason": "Too short."})
    assert answer.status_code == 422
    assert "Too short." in answer.text
    assert 'id="reason-error"' in answer.text and 'id="revisit_on-error"' in answer.text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"to": "nonsense"}, 422),
        ({"to": "not_now", "revisit_on": "31/02"}, 422),
        ({"to": "shipped", "release": "7"}, 409),
        ({"to": "planned", "release": "a\x00"}, 400),
        ({"to": "declined", "reason": "x" * 20_001}, 422),
    ],
)
def test_odd_decisions_are_refused(client, cast, form, status):
    _idea, url = desk(client, cast)
    assert client.post(url, data=form).status_code == status


@pytest.mark.parametrize("name", ["ada", "eve", "mo"])
def test_only_a_product_manager_sits_there(client, cast, name):
    _idea, url = desk(client, cast, name)
    assert client.get(url).status_code == 403
    assert client.post(url, data={"to": "declined", "reason": REASON}).status_code == 403
    assert client.post(f"{url}/delete").status_code == 403


def test_for_an_idea_that_never_was_there_is_no_desk(client, cast):
    sign_in(client, cast.pam)
    assert client.post("/ideas/aaaaaaaa/status", data={"to": "declined"}).status_code == 404


def test_after_the_last_status_nothing_follows(client, cast):
    idea, url = desk(client, cast)
    walk(cast, idea, Status.COMMUNITY_BUILD, Status.SHIPPED, Status.MEASURED)
    assert "Nothing follows this status." in client.get(url).text


def test_quarters_begin_with_this_one():
    with clock.at(clock.now().replace(year=2026, month=11, day=22)):
        assert quarters_ahead(3) == ["2026-Q4", "2027-Q1", "2027-Q2"]
