"""The percentile bootstrap: repeatable, and about as wide as theory says."""

from random import Random
from statistics import fmean

import pytest

from metrics.statistics.bootstrap import bootstrap_interval
from metrics.statistics.concentration import gini

PEOPLE = [Random(1).gauss(50, 10) for _ in range(1)] + [
    Random(seed).gauss(50, 10) for seed in range(199)
]


def test_the_same_seed_gives_the_same_interval():
    assert bootstrap_interval(PEOPLE, fmean, seed=7) == bootstrap_interval(PEOPLE, fmean, seed=7)
    assert bootstrap_interval(PEOPLE, fmean, seed=7) != bootstrap_interval(PEOPLE, fmean, seed=8)


def test_the_interval_of_a_mean_is_about_what_the_formula_says():
    low, high = bootstrap_interval(PEOPLE, fmean, seed=7)
    assert low < fmean(PEOPLE) < high
    assert high - low == pytest.approx(2 * 1.96 * 10 / 200**0.5, rel=0.25)


def test_more_confidence_is_wider():
    narrow = bootstrap_interval(PEOPLE, gini, seed=7, confidence=0.8)
    wide = bootstrap_interval(PEOPLE, gini, seed=7, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high
