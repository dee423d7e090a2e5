"""Days in the order of their keys: SQLite keeps what is made of them once, and not twice."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("metric_member_day", "metric_reply", "metric_deed")


def upgrade() -> None:
    _lay_out(with_rowid=False)


def downgrade() -> None:
    _lay_out(with_rowid=True)


def _lay_out(*, with_rowid: bool) -> None:
    """Only SQLite has two ways to lay out a table; what its planner knows of the keys is gathered
    anew, and without samples (community/sqlite_planner.py says why).
    """
    if op.get_bind().dialect.name != "sqlite":
        return
    laid = {"sqlite_with_rowid": with_rowid}
    op.execute("PRAGMA analysis_limit=10000")
    for table in TABLES:
        with op.batch_alter_table(table, schema=None, recreate="always", table_kwargs=laid):
            pass
        op.execute(f"ANALYZE {table}")
    op.execute("DROP TABLE IF EXISTS sqlite_stat4")
