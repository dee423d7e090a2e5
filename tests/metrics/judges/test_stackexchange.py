"""Real communities, imported, counted by us and by a judge who reads their own files."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.metrics.judges import stackexchange
from tests.metrics.judges.comparing import compare, compare_ladder

SHARED = Path(__file__).parents[4] / "shared/data"
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
SITES = {
    "se-meta-conlang": ("2018-02-06", "2018-03-05"),
    "se-meta-bicycles": ("2011-03-01", "2012-02-29"),
    "se-beer": ("2014-01-21", "2014-02-17"),
}
# From the first deed to some months after the last.
EVER = {
    "se-meta-conlang": ("2018-02-01", "2020-06-01"),
    "se-meta-bicycles": ("2010-08-01", "2014-06-01"),
    "se-beer": ("2014-01-01", "2016-12-01"),
}

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.data,
    pytest.mark.skipif(not SHARED.exists(), reason="the data in ../shared are not here"),
]


@pytest.fixture
def world(site, sqlite_app, gates, tmp_path):
    """The site imported, one member in seven on the staff list, and the judge's reading of it."""
    gates(1)
    folder = SHARED / site
    staff = {user for user in stackexchange.user_ids(folder) if int(user) % 7 == 0}
    listed = tmp_path / "staff.txt"
    listed.write_text("\n".join(sorted(staff)))
    runner = sqlite_app.test_cli_runner()
    for command in (
        ["import", "stackexchange", str(folder), "--employees", str(listed)],
        ["metrics", "rebuild"],
    ):
        done = runner.invoke(args=command)
        assert done.exit_code == 0, done.output
    return stackexchange.read(folder, staff)


@pytest.mark.parametrize("site", SITES)
def test_every_metric_equals_the_judges(world, site, ask):
    for first, last in [("2008-01-01", "2025-12-31"), SITES[site]]:
        compare(world, ask, first, last, SEEN)
    begun, ended = EVER[site]
    assert compare_ladder(world, ask, date.fromisoformat(begun), date.fromisoformat(ended)) > 10
