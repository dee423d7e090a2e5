"""A real forum, imported, counted by us and by a judge who reads its file."""

import gzip
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import pytest

from tests.metrics.judges import discourse
from tests.metrics.judges.comparing import compare, compare_ladder, compare_waiting, span_of

FORUM = Path(__file__).parents[4] / "shared/data/discourse-urho3d/topics.jsonl.gz"
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
CUT = 150
# From before the first post to after the last; and while the first topics were talked in.
EVER = date(2014, 1, 1), date(2022, 12, 31)
AT_FIRST = date(2014, 1, 1), date(2015, 12, 31)

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not FORUM.exists(), reason="the data in ../shared are not here"),
]


def counted(app, gates, path: Path, folder: Path, staff: set[str]) -> None:
    """Imported through the command line and rebuilt."""
    gates(1)
    listed = folder / "staff.txt"
    listed.write_text("\n".join(sorted(staff)))
    for command in (
        ["import", "discourse", str(path), "--employees", str(listed)],
        ["metrics", "rebuild"],
    ):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output


def one_in_seven() -> set[str]:
    return {user for user in discourse.user_ids(FORUM) if int(user) % 7 == 0}


def test_the_first_topics_are_counted_as_the_judge_counts(sqlite_app, gates, ask, tmp_path):
    cut, staff = tmp_path / "cut.jsonl", one_in_seven()
    with gzip.open(FORUM) as file:
        cut.write_bytes(b"".join(islice(file, CUT)))
    counted(sqlite_app, gates, cut, tmp_path, staff)
    asked = {"from": "2013-01-01", "to": "2025-12-31", "as_of": SEEN.isoformat()}
    span = span_of(asked["from"], asked["to"], SEEN)
    world = discourse.read(FORUM, staff, CUT)
    compare_waiting(world, span, ask, asked)
    assert compare_ladder(world, ask, *AT_FIRST) > 10


@pytest.mark.soak
@pytest.mark.parametrize("staff", [set(), one_in_seven], ids=["customers", "one in seven"])
def test_a_whole_forum_is_counted_as_the_judge_counts(sqlite_app, gates, ask, tmp_path, staff):
    staff = staff() if callable(staff) else staff
    counted(sqlite_app, gates, FORUM, tmp_path, staff)
    world = discourse.read(FORUM, staff)
    for first, last in [("2013-01-01", "2025-12-31"), ("2017-01-01", "2017-12-31")]:
        compare(world, ask, first, last, SEEN)
    assert compare_ladder(world, ask, *EVER) > 10
