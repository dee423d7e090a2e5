"""A new version changes the schema: a backup first, and whatever kills it, it ends well."""

import random
import shutil
from datetime import timedelta

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import downgrade
from sqlalchemy import inspect, text

from community import clock
from community.backup import schema
from community.backup.creating import backups
from community.backup.manifest import Unsound
from community.backup.upgrading import bring_up_to_date
from community.config import ROOT
from community.database import db, session
from tests.community.backup import killing

KILLS = 1
NEXT = "test_next"
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "test_next", "{head}", None, None


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("job", sa.Column("note", sa.String(20)))
    op.execute("INSERT INTO later (id) SELECT id FROM member")
    op.execute("DELETE FROM attempt")
    op.create_index("ix_later", "later", ["id"])


def downgrade():
    op.drop_table("later")
    op.drop_column("job", "note")
"""


@pytest.fixture
def migrations(tmp_path):
    """This version's migrations and one more."""
    folder = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    head = ScriptDirectory(str(folder)).get_current_head()
    (folder / "versions" / "next.py").write_text(MIGRATION.format(head=head))
    return folder


@pytest.fixture
def older(backed_up, move_in, migrations):
    """A home of today, in which tomorrow's version is started."""
    home = move_in()
    home.restore(backed_up.backup)
    home.app.extensions["migrate"].directory = str(migrations)
    return home


def upgrade(home) -> None:
    with home.app.app_context():
        bring_up_to_date()
        session.remove()


def go_back(home) -> None:
    with home.app.app_context():
        downgrade(home.app.extensions["migrate"].directory, revision="-1")


def revision(home) -> str | None:
    with home.app.app_context(), db.engine.connect() as connection:
        return schema.revision_of(connection)


def kept(home) -> list[str]:
    with home.app.app_context():
        return sorted(path.name for path in backups().glob("*.tar"))


def assert_upgraded(home) -> None:
    assert revision(home) == NEXT
    with home.app.app_context(), db.engine.connect() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("job")}
        rows = "SELECT (SELECT count(*) FROM later), (SELECT count(*) FROM member)"
        later, members = connection.execute(text(rows)).one()
    assert "note" in columns and later == members > 0


def test_what_was_is_backed_up_before_the_schema_changes(backed_up, older, move_in):
    upgrade(older)
    assert_upgraded(older)
    [name] = kept(older)
    old_version = move_in()
    old_version.restore(older.folder / "backups" / name)
    assert old_version.rows() == backed_up.home.rows()
    assert old_version.files() == backed_up.home.files()


def test_an_older_backup_is_restored_and_then_brought_up_to_date(backed_up, move_in, migrations):
    home = move_in()
    home.app.extensions["migrate"].directory = str(migrations)
    home.restore(backed_up.backup)
    assert_upgraded(home)


def test_a_newer_backup_is_refused_by_the_older_version(older, nowhere, tmp_path):
    upgrade(older)
    older.create(tmp_path / "newer.tar")
    with pytest.raises(Unsound, match=f"{NEXT} is not known to this version"):
        nowhere.restore(tmp_path / "newer.tar")


def kill_upgrade(older, *, kills: int) -> None:
    steps = killing.steps_of(older, "upgrade")
    for step in random.Random(steps).sample(range(1, steps), min(kills, steps - 1)):
        go_back(older)
        killing.kill_at(older, step, "upgrade")
        assert revision(older) != NEXT or step > steps // 2
        upgrade(older)
        assert_upgraded(older)
    assert len(kept(older)) == 1


def test_an_upgrade_that_is_killed_is_run_again(older):
    kill_upgrade(older, kills=KILLS)


@pytest.mark.soak
def test_an_upgrade_killed_at_any_of_its_steps(older):
    kill_upgrade(older, kills=200)


@pytest.mark.parametrize("database", ["sqlite"])
def test_nothing_is_changed_where_no_backup_can_be_made(older):
    (older.folder / "backups").write_text("in the way")
    with pytest.raises(Unsound, match="nothing was changed"):
        upgrade(older)
    assert revision(older) != NEXT


@pytest.mark.parametrize("database", ["sqlite"])
def test_an_empty_database_and_an_upgrade_without_changes_make_no_backup(move_in):
    new = move_in()
    upgrade(new)
    upgrade(new)
    assert kept(new) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_last_few_are_kept_and_what_somebody_made_always(older):
    with older.app.app_context():
        backups().mkdir()
        (backups() / "guildhall-20200101T000000.tar").touch()
        for number in range(1, 6):
            (backups() / f"before-v{number + 1}-from-v{number}-2020010{number}T000000.tar").touch()
    upgrade(older)
    with clock.at(clock.now() + timedelta(days=1)):
        go_back(older)
        upgrade(older)
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    names = kept(older)
    assert [name.partition("-2")[0] for name in names] == [
        f"before-{NEXT}-from-{head}",
        "before-v5-from-v4",
        "before-v6-from-v5",
        "guildhall",
    ]
