"""The planner is told how large the tables are, and never so much that it plans again and again."""

from contextlib import closing

from community.database import db
from community.sqlite_planner import tell_planner


def tables_of_statistics() -> set[str]:
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'")
        return {name for (name,) in cursor.fetchall()}


def test_the_planner_is_told_of_sizes_and_given_no_samples(sqlite_app, cast):
    tell_planner()
    assert tables_of_statistics() == {"sqlite_stat1"}
