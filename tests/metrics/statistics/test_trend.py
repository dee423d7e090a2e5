"""The Theil-Sen slope and its interval, with scipy as the judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from metrics.statistics.trend import theil_sen


def test_six_points_give_the_published_slope():
    assert theil_sen(list(enumerate([1, 2, 4, 3, 6, 7]))) == pytest.approx((1.2, 0.5, 2.0))


def test_one_wild_week_does_not_turn_the_trend():
    quiet = theil_sen(list(enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])))
    wild = theil_sen(list(enumerate([1, 2, 3, 4, 5, 6, 900, 8, 9, 10, 11, 12])))
    assert wild.value == quiet.value == 1


def test_a_flat_series_has_no_slope_and_no_doubt():
    assert theil_sen([(0, 5), (0, 5), (1, 5), (2, 5)]) == (0, 0, 0)


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 20), min_size=4, max_size=14))
def test_scipy_finds_the_same_slope_and_ends(points):
    judge = theilslopes(list(points.values()), list(points.keys()), 0.95)
    ours = theil_sen(list(points.items()))
    assert ours == pytest.approx((judge.slope, judge.low_slope, judge.high_slope))
