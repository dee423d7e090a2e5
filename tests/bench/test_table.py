"""The table of speeds: what it says of a page that is fast, and of one that is not."""

import pytest

from bench import table
from bench.contents import public_id
from bench.table import Row, at_most, part_of_hello


@pytest.mark.parametrize(
    ("rate", "cpu", "said"),
    [
        (0.8, 1.2, "PASS"),
        (0.5, 1.2, "miss (rate)"),
        (1.2, 0.5, "miss (CPU)"),
        (0.1, 0.1, "miss"),
    ],
)
def test_a_page_must_be_fast_by_the_clock_and_by_what_it_uses(rate, cpu, said):
    assert part_of_hello("home, visitor", rate, cpu, 0.8, "").verdict == said


def test_a_larger_world_is_held_against_the_standard_one(tmp_path):
    kept = tmp_path / "tables" / "sqlite-100000-2.json"
    table.keep([part_of_hello("home, visitor", 1.0, 1.0, 0.8, ""), at_most("memory", 9, 10)], kept)
    now = [part_of_hello("home, visitor", 0.95, 0.8, 0.8, ""), at_most("memory", 9, 10)]
    (compared,) = table.beside(now, kept)
    assert (compared.measured, compared.verdict) == ("0.95 · 0.80", "miss")


def test_each_row_of_the_table_has_all_columns():
    rows = [Row("hello", "9000/s"), at_most("memory", 151.2, 150, "MB", "at the end")]
    lines = table.as_text(rows).splitlines()
    assert {line.count("|") for line in lines} == {6}
    assert lines[-1] == "| memory | 151.2 MB | ≤ 150 MB | miss | at the end |"


def test_no_two_rows_of_a_large_world_get_the_same_public_id():
    assert len({public_id(key) for key in range(1, 20_001)}) == 20_000
