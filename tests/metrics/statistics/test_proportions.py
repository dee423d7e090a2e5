"""Shares and their intervals, against published tables, scipy and what must hold for any share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from metrics.statistics.intervals import Interval
from metrics.statistics.proportions import newcombe_difference, wilson, wilson_lower


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (8, 10, 0.4902, 0.9433),
        (45, 50, 0.7864, 0.9565),
        (5, 8, 0.306, 0.863),
        (3, 8, 0.137, 0.694),
        (1, 6, 0.030, 0.564),
    ],
)
def test_wilson_gives_the_published_table(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=6e-4)


@pytest.mark.parametrize(
    ("whole", "half_width"), [(20, 0.20), (30, 0.17), (50, 0.13), (100, 0.096), (400, 0.049)]
)
def test_the_half_widths_printed_in_the_help_are_right(whole, half_width):
    low, high = wilson(whole // 2, whole)
    assert (high - low) / 2 == pytest.approx(half_width, abs=6e-3)


def test_the_one_sided_lower_end_is_that_of_an_eighty_percent_interval():
    assert wilson_lower(3, 8) == pytest.approx(0.195, abs=5e-4)
    assert wilson_lower(3, 8) == pytest.approx(wilson(3, 8, confidence=0.8).low)


def test_newcombe_gives_his_own_example():
    assert newcombe_difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_an_interval_says_what_it_excludes():
    assert Interval(0.1, 0.3).excludes(0)
    assert Interval(-0.3, -0.1).excludes(0)
    assert not Interval(-0.1, 0.3).excludes(0)


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_wilson_agrees_with_scipy_and_stays_between_none_and_all(share):
    part, whole = share
    interval = wilson(part, whole)
    assert interval == pytest.approx(
        binomtest(part, whole).proportion_ci(method="wilson"), abs=1e-9
    )
    assert 0 <= interval.low <= part / whole <= interval.high <= 1


@given(
    st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole - 1), st.just(whole)))
)
def test_one_more_raises_both_ends_of_wilson(share):
    part, whole = share
    fewer, more = wilson(part, whole), wilson(part + 1, whole)
    assert fewer.low < more.low
    assert fewer.high < more.high
