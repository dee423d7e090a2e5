"""The demo community, counted by us and by a judge who reads its tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community import clock
from community.config import settings
from tests.metrics.judges import tables
from tests.metrics.judges.comparing import compare, compare_ladder

NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)


@pytest.mark.timeout(600)
def test_every_metric_of_the_demo_equals_the_judges(sqlite_app, gates, ask):
    gates(1)
    with clock.at(NOW):
        runner = sqlite_app.test_cli_runner()
        for command in (["demo", "load"], ["metrics", "rebuild"]):
            done = runner.invoke(args=command)
            assert done.exit_code == 0, done.output
        world = tables.read(settings().data_dir / "test.sqlite3")
        last = NOW.date()
        for days in (28, 7, 112):
            first: date = last - timedelta(days=days - 1)
            compare(world, ask, first.isoformat(), last.isoformat(), NOW)
        compare_ladder(world, ask, last - timedelta(weeks=15), last - timedelta(days=1))
