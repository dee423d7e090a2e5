"""Fixture F2: ten members whose every step can be counted by hand, from events to results."""

import pytest

from metrics.measures.drilldown import rows_of
from tests.metrics.ladder.climbing import WITHIN_F2, fixture_f2

MATRIX = [
    [1, 1, 0, 0, 0, 0],
    [1, 1, 1, 0, 0, 0],
    [0, 0, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 1],
]


@pytest.fixture
def f2(tell, gates, noon, database):
    gates(1)
    climb = fixture_f2()
    tell(climb)
    return climb


def test_each_level_has_as_many_as_the_fixture_says(f2, ask):
    before, now = WITHIN_F2
    for asked, levels in (({}, now), ({"to": "2026-02-15"}, before)):
        parts = ask("ladder", **asked).figure.detail["distribution"]
        assert [part["count"] for part in parts] == [levels.count(level) for level in range(6)]


def test_three_of_the_eight_active_are_engaged(f2, ask):
    figure = ask("ladder").figure
    assert (figure.numerator, figure.denominator, figure.n) == (3, 8, 8)
    assert figure.detail["members"] == 10


def test_the_matrix_is_the_fixtures(f2, ask):
    detail = ask("ladder_transitions").figure.detail
    assert detail["from"] == ["new", "0", "1", "2", "3", "4", "5"]
    assert detail["to"] == ["0", "1", "2", "3", "4", "5", "left", "erased"]
    assert [row[:6] for row in detail["counts"][1:]] == MATRIX
    assert not any(detail["counts"][0]) and not any(row[6] or row[7] for row in detail["counts"])


def test_its_rows_and_columns_add_up_to_who_was_there(f2, ask):
    counts = ask("ladder_transitions").figure.detail["counts"][1:]
    before, now = WITHIN_F2
    assert [sum(row) for row in counts] == [before.count(level) for level in range(6)]
    columns = list(zip(*counts, strict=True))[:6]
    assert [sum(column) for column in columns] == [now.count(level) for level in range(6)]


def test_one_of_six_came_from_taking_part_to_engaging(f2, ask):
    figure = ask("engagement_conversion").figure
    assert (figure.numerator, figure.denominator) == (1, 6)
    assert (figure.low, figure.high) == pytest.approx((0.030, 0.564), abs=5e-4)


def test_both_who_were_engaged_stayed(f2, ask):
    figure = ask("engaged_retention").figure
    assert (figure.numerator, figure.denominator, figure.value) == (2, 2, 1)


def test_four_went_up_and_one_down(f2, ask):
    figure = ask("net_progress").figure
    assert (figure.detail["ups"], figure.detail["downs"], figure.n) == (4, 1, 10)
    assert figure.value == pytest.approx(0.30)
    assert figure.low < 0.30 < figure.high
    assert figure.numerator is None


def test_the_window_is_the_last_period_that_was_over(f2, ask):
    window = ask("ladder").as_json()["window"]
    assert (window["from"], window["to"], window["days"]) == ("2026-02-16", "2026-03-15", 28)
    earlier = ask("ladder").as_json()["previous"]["window"]
    assert (earlier["from"], earlier["to"]) == ("2026-01-19", "2026-02-15")


@pytest.mark.parametrize(
    ("metric_id", "names"),
    [
        ("ladder", {"C7", "C8", "C9"}),
        ("engagement_conversion", {"C7"}),
        ("engaged_retention", {"C8", "C9"}),
        ("net_progress", {"C0", "C2", "C4", "C5", "C7"}),
        ("ladder_transitions", {"C0", "C2", "C4", "C5", "C7"}),
    ],
)
def test_the_rows_are_the_members_that_the_number_is_about(f2, ask, metric_id, names):
    rows = rows_of(ask(metric_id).question)
    assert {row.member_id for row in rows} == {f2.members[name] for name in names}
