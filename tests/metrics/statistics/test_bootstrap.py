"""The percentile bootstrap: repeatable, and about as wide as theory says."""

from random import Random
from statistics import fmean

import pytest

from metrics.statistics.bootstrap import bootstrap_histogram, bootstrap_interval
from metrics.statistics.concentration import gini, gini_of, histogram

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


def test_redrawing_the_histogram_gives_what_redrawing_the_people_gives():
    draw = Random(3)
    amounts = [int(draw.paretovariate(1.5)) for _ in range(1500)]
    one_by_one = bootstrap_interval(amounts, gini, seed=7)
    by_bars = bootstrap_histogram(histogram(amounts), gini_of, seed=7)
    assert by_bars == bootstrap_histogram(histogram(amounts), gini_of, seed=7)
    assert by_bars.low == pytest.approx(one_by_one.low, abs=0.01)
    assert by_bars.high == pytest.approx(one_by_one.high, abs=0.01)
