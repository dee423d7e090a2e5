"""Gini, Lorenz and the absence factor, against published examples."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.concentration import absence_factor, gini, lorenz_points

amounts = st.lists(st.integers(1, 10_000), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("given_by_each", "expected"),
    [
        ([1, 1, 1, 1], 0),
        ([0, 0, 0, 1], 0.75),
        ([1, 2, 3, 4], 0.25),
        ([1, 2, 3, 4, 5], 0.2666667),
        ([1, 3, 2, 1, 1, 1, 4], 0.3076923),
        ([10] * 9 + [100], 0.4263158),
        ([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], 0.4620911),
        ([0] * 90 + [1] * 9 + [91], 0.981),
    ],
)
def test_gini_gives_the_published_values(given_by_each, expected):
    assert gini(given_by_each) == pytest.approx(expected, abs=5e-8)


def test_the_absence_factor_gives_the_chaoss_example():
    assert absence_factor([1000, 202, 90, 33, 332, 343, 42, 433]) == 2


def test_one_person_who_gives_exactly_half_is_enough():
    assert absence_factor([5, 3, 2]) == 1


def test_the_lorenz_curve_begins_with_nobody_and_ends_with_all():
    assert lorenz_points([3, 1]) == [(0, 0), (0.5, 0.25), (1, 1)]


def test_one_in_a_hundred_can_give_nine_tenths():
    points = lorenz_points([0] * 90 + [1] * 9 + [91])
    assert 1 - points[-2][1] == pytest.approx(0.91)


@given(amounts, st.integers(2, 9))
def test_gini_does_not_change_with_the_unit(given_by_each, factor):
    assert gini([amount * factor for amount in given_by_each]) == pytest.approx(gini(given_by_each))


@given(amounts, st.integers(2, 4))
def test_gini_does_not_change_when_everybody_comes_twice(given_by_each, times):
    assert gini(given_by_each * times) == pytest.approx(gini(given_by_each))


@given(amounts)
def test_gini_is_twice_the_area_between_the_lorenz_curve_and_equality(given_by_each):
    points = lorenz_points(given_by_each)
    under = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    assert gini(given_by_each) == pytest.approx(1 - 2 * under, abs=1e-9)


@given(amounts)
def test_the_absent_gave_half_and_fewer_did_not(given_by_each):
    most_first = sorted(given_by_each, reverse=True)
    absent = absence_factor(given_by_each)
    assert sum(most_first[:absent]) * 2 >= sum(most_first)
    assert sum(most_first[: absent - 1]) * 2 < sum(most_first)
