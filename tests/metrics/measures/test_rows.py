"""Every number is explained by its own rows."""

import pytest

from metrics.catalogue import METRICS
from metrics.measures.drilldown import rows_of
from tests.metrics.happenings import fixture_f1

COUNTED = [metric.id for metric in METRICS.values() if metric.numerator]
OTHERS = [m.id for m in METRICS.values() if not m.numerator and not m.by_period]
ASKED = [{}, {"segment": "customer"}, {"boundary": "external"}, {"as_of": "2026-03-13"}]
# The ladder knows no boundary.
PAIRS = [
    (metric_id, asked)
    for metric_id in COUNTED
    for asked in ASKED
    if not (METRICS[metric_id].by_period and "boundary" in asked)
]


@pytest.fixture
def f1(tell, gates, noon, database):
    gates(1)
    history = fixture_f1(noon)
    history.reads("C8", noon)
    tell(history)
    return history


@pytest.mark.parametrize(("metric_id", "asked"), PAIRS)
def test_there_are_as_many_rows_as_the_numerator_says(f1, ask, metric_id, asked):
    result = ask(metric_id, **asked)
    assert len(rows_of(result.question)) == (result.figure.numerator or 0)


@pytest.mark.parametrize("metric_id", sorted(OTHERS))
def test_the_others_list_what_they_are_about(f1, ask, metric_id):
    result = ask(metric_id)
    assert len(rows_of(result.question)) == result.figure.n


def test_people_stand_in_the_order_of_threads_and_not_of_what_they_gave(f1, ask):
    rows = rows_of(ask("contributors").question)
    assert [row.thread_id for row in rows] == sorted(row.thread_id for row in rows)
    assert len({row.member_id for row in rows}) == len(rows)
