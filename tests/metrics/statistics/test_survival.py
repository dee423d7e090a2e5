"""Waiting times with some still waiting: textbook examples, fixture F1, lifelines as the judge."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_waltons
from lifelines.utils import median_survival_times, restricted_mean_survival_time

from metrics.statistics.survival import Wait, kaplan_meier

REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
DEMO = "1 2 3 5 8 24+ 24 48+ 72 100+"


def waits(text):
    return [Wait(float(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def survivals(curve):
    return [round(step.survival, 4) for step in curve.steps]


def test_the_remission_times_of_freireich_give_the_textbook_curve():
    curve = kaplan_meier(waits(REMISSION))
    assert survivals(curve) == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert [step.time for step in curve.steps] == [6, 7, 10, 13, 16, 22, 23]
    assert curve.quantile(0.5).value == 23
    assert curve.steps[0][4:] == pytest.approx((0.6197, 0.9516), abs=5e-5)
    assert curve.mean_up_to(24) == pytest.approx(18.357, abs=5e-4)


def test_the_maintained_patients_of_aml_give_the_textbook_curve():
    curve = kaplan_meier(waits(MAINTAINED))
    assert survivals(curve) == [0.9091, 0.8182, 0.7159, 0.6136, 0.4909, 0.3682, 0.1841]
    assert curve.quantile(0.5).value == 31


def test_the_waltons_live_fifty_six_days():
    table = load_waltons()
    curve = kaplan_meier(
        Wait(time, bool(ended)) for time, ended in zip(table["T"], table["E"], strict=True)
    )
    assert curve.n == 163
    assert curve.quantile(0.5).value == 56


def test_leaving_out_what_is_open_would_look_faster():
    curve = kaplan_meier(waits(DEMO))
    assert curve.quantile(0.5).value == 8
    assert curve.open_at(24).value == pytest.approx(0.4)
    assert curve.mean_up_to(72) == pytest.approx(33.1)


def test_fixture_f1_waits_twenty_hours_for_anybody():
    curve = kaplan_meier(waits("1 30 5 10+ 100+ 20"))
    assert [(step.time, round(step.survival, 4)) for step in curve.steps] == [
        (1, 0.8333),
        (5, 0.6667),
        (20, 0.4444),
        (30, 0.2222),
    ]
    assert curve.quantile(0.5).value == 20
    assert curve.ended_by(24).value == pytest.approx(0.5556, abs=5e-5)


def test_a_curve_that_stays_above_half_has_no_median():
    curve = kaplan_meier(waits("1 5+ 6+ 7+"))
    assert curve.quantile(0.5).value is None


def test_before_anything_ended_all_are_open_and_the_interval_still_has_a_width():
    still_open = kaplan_meier(waits("5 6 7+")).open_at(1)
    assert still_open.value == 1
    assert 0.3 < still_open.low < 0.5
    assert still_open.high == 1


def test_when_all_ended_nothing_is_open_and_the_interval_still_has_a_width():
    still_open = kaplan_meier(waits("5 6 7 8 9 10")).open_at(12)
    assert (still_open.value, still_open.low) == (0, 0)
    assert 0.3 < still_open.high < 0.5


def test_the_share_that_ended_is_the_rest_with_its_ends_exchanged():
    curve = kaplan_meier(waits(DEMO))
    ended, still_open = curve.ended_by(24), curve.open_at(24)
    assert ended == pytest.approx((1 - still_open.value, 1 - still_open.high, 1 - still_open.low))
    assert ended.low < ended.value < ended.high


def test_it_knows_how_far_it_has_watched():
    curve = kaplan_meier(waits("1 2 5+"))
    assert curve.reaches(5)
    assert not curve.reaches(6)
    assert kaplan_meier(waits("1 2 5")).reaches(6)
    assert not kaplan_meier([]).reaches(0)


def test_at_risk_are_those_still_open_and_still_watched():
    curve = kaplan_meier(waits("1 2 2+ 5"))
    assert [curve.at_risk(time) for time in (0, 1, 2, 3, 6)] == [4, 4, 3, 1, 0]


def test_nothing_to_watch_is_an_empty_curve():
    curve = kaplan_meier([])
    assert (curve.n, curve.ended, curve.steps) == (0, 0, ())


some_waits = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=40)


@given(some_waits)
def test_lifelines_draws_the_same_curve_and_interval(pairs):
    times, ended = zip(*pairs, strict=True)
    judge = KaplanMeierFitter().fit(times, ended)
    ends = judge.confidence_interval_
    curve = kaplan_meier(Wait(time, end) for time, end in pairs)
    for step in curve.steps:
        assert step.survival == pytest.approx(judge.predict(step.time), abs=1e-9)
        assert step.at_risk == judge.event_table.loc[step.time, "at_risk"]
        if step.survival:
            assert (step.low, step.high) == pytest.approx(tuple(ends.loc[step.time]), abs=1e-6)


@given(some_waits)
def test_lifelines_finds_the_same_mean_up_to_a_horizon(pairs):
    times, ended = zip(*pairs, strict=True)
    judge = KaplanMeierFitter().fit(times, ended)
    curve = kaplan_meier(Wait(time, end) for time, end in pairs)
    assert curve.mean_up_to(20) == pytest.approx(
        restricted_mean_survival_time(judge, t=20), abs=1e-9
    )


def test_lifelines_finds_the_same_ends_for_the_median():
    times, ended = zip(*waits(MAINTAINED), strict=True)
    judge = median_survival_times(KaplanMeierFitter().fit(times, ended).confidence_interval_)
    median = kaplan_meier(waits(MAINTAINED)).quantile(0.5)
    assert (median.low, median.high or inf) == tuple(judge.iloc[0])


@given(st.lists(st.integers(1, 20), min_size=1, max_size=40), st.integers(1, 20))
def test_with_nothing_open_it_is_the_plain_share_of_longer_waits(times, time):
    curve = kaplan_meier(Wait(each, True) for each in times)
    assert curve.open_at(time).value == pytest.approx(
        sum(each > time for each in times) / len(times), abs=1e-12
    )
