"""The exact Poisson interval, with scipy's chi-square as the judge."""

import pytest
from scipy.stats import chi2

from metrics.statistics.counts import poisson_interval


def test_ten_events_give_the_published_interval():
    assert poisson_interval(10) == pytest.approx((4.795, 18.390), abs=5e-4)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 12_345, 200_000])
def test_it_agrees_with_the_chi_square_quantiles(count):
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = chi2.ppf(0.975, 2 * count + 2) / 2
    assert poisson_interval(count) == pytest.approx((low, high), rel=1e-8)
