"""Moving a community to PostgreSQL: every row comes along, and nothing is half done."""

import fcntl
import os
import signal
import subprocess
import sys

import pytest
from flask import current_app
from flask_migrate import stamp
from sqlalchemy import create_engine, func, inspect, select, text, update

from community import occupied
from community.application import create_app
from community.audiences import Audience
from community.audit import first_broken_entry
from community.config import ROOT, Settings, postgresql_url, settings
from community.database import Base, db, session, write_transaction
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.moving.commands import move as command
from community.moving.moving import CannotMove, move
from community.spaces.models import Space
from community.texts.models import Text
from community.texts.preparation import prepare
from community.worker import run_jobs
from tests.conftest import FEATURES, new_database

WORDS = "Wörter, 日本, 🎉 and a \\backslash, a\ttab"


@pytest.fixture
def target():
    """The address of an empty database."""
    return new_database()


@pytest.fixture
def community_here(sqlite_app, cast):
    """A community with some of everything, in SQLite, at the newest revision."""
    space = session.query(Space).filter_by(slug="help").one()
    with sqlite_app.test_request_context():
        for number in range(3):
            start_topic(space, f"Topic {number}", prepare(WORDS), by=cast.viewer("ada"))
        run_jobs()
    stamp(directory=str(ROOT / "migrations"))
    session.remove()
    yield cast
    session.rollback()
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


def house_on(url, folder):
    given = {"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "t" * 40}
    return create_app(Settings.from_environ(given), FEATURES)


def tables_in(url):
    engine = create_engine(postgresql_url(url) or "")
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_every_row_comes_along_and_the_numbers_go_on(community_here, target, tmp_path):
    moved = {one.table: one for one in move(target)}
    assert moved.keys() == Base.metadata.tables.keys()
    assert moved["topic"].rows == 3 and len({one.digest for one in moved.values()}) > 20
    last = session.scalars(select(func.max(Audience.id))).one()
    session.rollback()
    with house_on(target, tmp_path).test_request_context():
        assert session.scalars(select(Text.source)).first() == WORDS
        assert first_broken_entry() is None
        with write_transaction():
            session.add(fresh := Audience(key="another"))
            session.flush()
            assert fresh.id > last
        session.remove()
        db.engine.dispose()
        current_app.extensions["front"].forget()


def test_what_the_console_is_told(community_here, target, sqlite_app):
    said = sqlite_app.test_cli_runner().invoke(command, ["--to", target])
    assert said.exit_code == 0, said.output
    assert "rows in" in said.output and "are the same on both sides" in said.output
    again = sqlite_app.test_cli_runner().invoke(command, ["--to", target])
    assert again.exit_code == 1
    assert "the target has tables" in again.output


@pytest.mark.parametrize("lock", ["worker.lock", occupied.NAME])
def test_a_community_that_is_being_served_stays(community_here, target, lock):
    with (settings().data_dir / lock).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        with pytest.raises(CannotMove, match="stop it first"):
            move(target)
    assert tables_in(target) == []


def test_only_postgresql_is_moved_to(community_here):
    with pytest.raises(CannotMove, match="postgresql://"):
        move("mysql://somewhere/else")


def test_a_row_that_came_out_otherwise_is_named_and_nothing_is_kept(community_here, target):
    """PostgreSQL cuts off what is too long without a word where that is only spaces."""
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.execute(update(Topic).values(title="Walnut" + " " * 1000))
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    with pytest.raises(CannotMove, match=r"topic: id \d+ is not the same on both sides"):
        move(target)
    assert tables_in(target) == []


KILLED = """
import os, signal, sys
from community.moving.moving import move
from tests.conftest import FEATURES
from community.application import create_app
from community.config import Settings
app = create_app(Settings.from_environ(), FEATURES)

def progress(table):
    if table == "topic":
        os.kill(os.getpid(), signal.SIGKILL)

with app.app_context():
    move(sys.argv[1], progress=progress)
"""


def test_a_move_that_is_killed_leaves_nothing_and_can_be_made_again(community_here, target):
    environ = os.environ | {
        "DATA_DIR": str(settings().data_dir),
        "DATABASE_URL": settings().database_url,
        "SECRET_KEY": "t" * 40,
    }
    done = subprocess.run([sys.executable, "-c", KILLED, target], env=environ, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert tables_in(target) == []
    assert move(target)


def test_what_postgresql_cannot_hold_is_named(community_here, target):
    with write_transaction():
        session.execute(text("UPDATE topic SET title = 'nothing' || char(0) || 'ness'"))
    with pytest.raises(CannotMove, match=r"topic: .*NUL"):
        move(target)
    assert tables_in(target) == []
