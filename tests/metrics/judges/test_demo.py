"""The demo community, counted by us and by a judge who reads its tables."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite_driver

from community import clock
from community.config import settings
from tests.metrics.judges import tables
from tests.metrics.judges.comparing import compare, compare_ladder

NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)


def copied(database: Path, folder: Path) -> Path:
    """The judge reads with another SQLite than ours: two in one process lose each other's locks."""
    copy = folder / "judged.sqlite3"
    with closing(sqlite_driver.connect(database)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    return copy


@pytest.mark.timeout(600)
def test_every_metric_of_the_demo_equals_the_judges(sqlite_app, gates, ask, tmp_path):
    gates(1)
    with clock.at(NOW):
        runner = sqlite_app.test_cli_runner()
        for command in (["demo", "load"], ["metrics", "rebuild"]):
            done = runner.invoke(args=command)
            assert done.exit_code == 0, done.output
        world = tables.read(copied(settings().data_dir / "test.sqlite3", tmp_path))
        last = NOW.date()
        for days in (28, 7, 112):
            first: date = last - timedelta(days=days - 1)
            compare(world, ask, first.isoformat(), last.isoformat(), NOW)
        compare_ladder(world, ask, last - timedelta(weeks=15), last - timedelta(days=1))
