"""The migrations make the schema that the models describe, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import CheckConstraint, Connection, Enum, String, text

from community.application import create_app
from community.config import ROOT, Settings
from community.database import Base, db
from tests.conftest import FEATURES, new_database


def laid_out_by_key(connection: Connection) -> set[str]:
    """SQLite's tables without rows apart from the key: autogeneration does not compare that."""
    ours = text("SELECT name FROM pragma_table_list WHERE wr AND schema = 'main'")
    return set(connection.scalars(ours))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migrated_database_is_what_the_models_say(kind, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}" if kind == "sqlite" else new_database()
    settings = Settings.from_environ(
        {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "t" * 40}
    )
    app = create_app(settings, FEATURES)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
            if kind == "sqlite":
                assert laid_out_by_key(connection) == {
                    table.name
                    for table in Base.metadata.sorted_tables
                    if not table.dialect_options["sqlite"]["with_rowid"]
                }
            guards = (
                "pg_trigger WHERE tgname" if kind == "postgresql" else "sqlite_master WHERE name"
            )
            found = connection.execute(
                text(f"SELECT count(*) FROM {guards} LIKE 'audit_entry_no_%'")
            ).scalar()
        db.engine.dispose()
    assert found, "the audit log can be changed"


def test_every_text_column_has_a_length_that_the_schema_checks():
    without = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
        if not column.type.length
        or not any(
            isinstance(rule, CheckConstraint) and str(rule.name).endswith(f"{column.name}_length")
            for rule in table.constraints
        )
    ]
    assert not without
