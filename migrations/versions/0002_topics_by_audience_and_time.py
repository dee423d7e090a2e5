"""Topics by audience and time: what is new for somebody is found along one index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(
            "ix_topic_audience_id_created_at", ["audience_id", "created_at"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_topic_audience_id"))
    if op.get_bind().dialect.name == "sqlite":
        # Of an index that it knows nothing of it expects too much: lists would go along this one.
        op.execute("PRAGMA analysis_limit=10000")
        op.execute("ANALYZE topic")
        op.execute("DROP TABLE IF EXISTS sqlite_stat4")


def downgrade() -> None:
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_audience_id"), ["audience_id"], unique=False)
        batch_op.drop_index("ix_topic_audience_id_created_at")
