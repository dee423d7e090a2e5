"""What the numbers take is measured in a world of facts: a small one goes the same way."""

import tempfile
from pathlib import Path

import pytest

from bench import facts, happenings


@pytest.fixture
def small(monkeypatch):
    """A fortnight of sixty people, measured in this process."""
    monkeypatch.setattr(facts, "MEMBERS", 60)
    monkeypatch.setattr(happenings, "DAYS", 14)
    monkeypatch.setattr(facts, "in_a_process_of_its_own", lambda work, *given: work(*given))


def test_each_budget_of_the_numbers_has_its_row(small):
    with tempfile.TemporaryDirectory(prefix="guildhall-facts-") as name:
        folder = Path(name)
        rows = facts.measured(700, "sqlite", folder, kept=folder / "kept")
    assert [(row.name, row.budget) for row in rows] == [
        ("rebuild of member-days, in scans of the facts", "≤ 5"),
        ("with what ladder and intervals are made from", ""),
        ("ladder after it", "≤ 20 min"),
        ("metrics overview, from rollups", "≤ 100 ms"),
        ("metrics overview, from rollups: the first view", "≤ 100 ms"),
    ]
    assert "facts" in rows[0].remarks
