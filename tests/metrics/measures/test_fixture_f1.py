"""Fixture F1: ten topics whose every figure can be counted by hand, from events to results."""

import pytest

from tests.metrics.happenings import fixture_f1


@pytest.fixture
def f1(tell, gates, noon, database):
    gates(1)
    history = fixture_f1(noon)
    tell(history)
    return history


def test_half_of_the_topics_wait_twenty_hours_or_more(f1, ask):
    result = ask("first_response", boundary="external")
    assert (result.figure.value, result.figure.n) == (20, 6)
    curve = [
        (step["time"], round(step["survival"], 4)) for step in result.as_json()["detail"]["curve"]
    ]
    assert curve == [(1, 0.8333), (5, 0.6667), (20, 0.4444), (30, 0.2222)]


def test_five_ninths_are_answered_within_a_day(f1, ask):
    figure = ask("answered_within", boundary="external").figure
    assert figure.value == pytest.approx(0.5556, abs=5e-5)
    assert (figure.numerator, figure.denominator) == (3, 6)


def test_two_topics_wait_still(f1, ask):
    figure = ask("unanswered").figure
    assert figure.value == figure.numerator == 2
    assert [age["count"] for age in figure.detail["ages"]] == [1, 0, 1, 0]


def test_five_of_eight_things_that_staff_said_were_replies(f1, ask):
    figure = ask("conversation_share").figure
    assert (figure.numerator, figure.denominator) == (5, 8)
    assert (figure.low, figure.high) == pytest.approx((0.306, 0.863), abs=5e-4)


def test_three_of_eight_topics_went_both_ways(f1, ask):
    figure = ask("two_way_threads").figure
    assert (figure.numerator, figure.denominator) == (3, 8)
    assert (figure.low, figure.high) == pytest.approx((0.137, 0.694), abs=5e-4)


def test_between_employees_and_customers_three_quarters_is_returned(f1, ask):
    figure = ask("reciprocity").figure
    assert (figure.numerator, figure.denominator) == (8, 11)
    assert figure.detail["employee_customer"] == {"value": 0.75, "numerator": 6, "denominator": 8}


def test_an_internal_topic_of_an_employee_waits_like_any_other(f1, ask):
    figure = ask("first_response", boundary="internal").figure
    assert (figure.value, figure.n) == (1, 1)


def test_the_segment_of_a_response_is_that_of_who_asked(f1, ask):
    assert ask("first_response", segment="customer").figure.n == 6
    assert ask("first_response", segment="employee").figure.n == 1


def test_the_past_is_seen_as_it_was(f1, ask, noon):
    then = ask("unanswered", as_of="2026-03-12T08:00:00Z").figure
    assert then.numerator == 3


def test_everybody_who_wrote_contributed_and_bots_are_nobody(f1, ask):
    assert ask("contributors").figure.value == 7
    assert ask("active_members").figure.value == 7
    assert ask("participation").figure.value == 1
