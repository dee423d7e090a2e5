"""Fixtures: an application on each database, a cast, browsers that are signed in."""

import os
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import Connection, make_url

import community.features
import ideas.features
import metrics.features
from community import buffers
from community.application import create_app
from community.config import Settings
from community.credentials.models import SignIn
from community.credentials.sessions import hashed
from community.database import Base, db, session, write_transaction
from community.keeping import changes, recent
from community.members.models import Member
from community.spaces import shown
from tests.world import Cast, settle

POSTGRESQL = os.environ.get("GUILDHALL_TEST_POSTGRESQL")
FEATURES = [
    *community.features.FEATURES,
    *ideas.features.FEATURES,
    *metrics.features.FEATURES,
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-matrix", action="store_true", help="see tests/security/test_matrix.py"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames and "database" not in {
        name for mark in metafunc.definition.iter_markers("parametrize") for name in [mark.args[0]]
    }:
        metafunc.parametrize("database", ["sqlite", "postgresql"], scope="session")


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Flask]]:
    """One application per database and process, made when first asked for."""
    made: dict[str, Flask] = {}
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(autouse=True)
def what_is_written_is_heard_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write without a browser, whose cookie would say that somebody has just done so. How old
    what is read may be is tested with keeping.
    """
    monkeypatch.setattr(changes, "ASK_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(changes, "PAGES_SECONDS", 0.0)
    monkeypatch.setattr(recent, "LATELY_SECONDS", 0.0)


@pytest.fixture
def app(database: str, apps: dict[str, Flask], tmp_path_factory) -> Iterator[Flask]:
    """The whole house on an empty database. Use `sqlite_app` where the database is no matter."""
    if database not in apps:
        apps[database] = _make_app(database, tmp_path_factory.mktemp(database))
    with apps[database].app_context():
        _empty()
        yield apps[database]
        session.rollback()


@pytest.fixture
def sqlite_app(apps: dict[str, Flask], tmp_path_factory) -> Iterator[Flask]:
    if "sqlite" not in apps:
        apps["sqlite"] = _make_app("sqlite", tmp_path_factory.mktemp("sqlite"))
    with apps["sqlite"].app_context():
        _empty()
        yield apps["sqlite"]
        session.rollback()


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Flask:
    """`app` where a test asks for both databases, else `sqlite_app`."""
    name = "app" if "database" in request.fixturenames else "sqlite_app"
    return request.getfixturevalue(name)


@pytest.fixture
def cast(house: Flask) -> Cast:
    return settle()


class Browser(FlaskClient):
    """Each request in an application context of its own, as on a server."""

    def open(self, *args, **kwargs):
        session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def client(house: Flask) -> FlaskClient:
    return house.test_client()


def sign_in(client: FlaskClient, member: Member) -> FlaskClient:
    """Sign the member in without the form, which has tests of its own."""
    token = secrets.token_urlsafe(32)
    with write_transaction():
        session.add(SignIn(token_hash=hashed(token), member_id=member.id))
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _make_app(database: str, folder) -> Flask:
    url = f"sqlite:///{folder / 'test.sqlite3'}" if database == "sqlite" else new_database()
    settings = Settings.from_environ(
        {"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "t" * 40}
    )
    app = create_app(_testing(settings), FEATURES)
    app.test_client_class = Browser
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def _testing(settings: Settings) -> Settings:
    return replace(settings, testing=True)


def new_database() -> str:
    if not POSTGRESQL:
        if os.environ.get("CI"):
            pytest.fail("there is no PostgreSQL to test on")
        pytest.skip("no PostgreSQL: bin/test starts one")
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)


def _empty() -> None:
    """Empty every table: faster than a new schema for each test."""
    buffers.forget()
    front = current_app.extensions["front"]
    front.forget()
    # Versions begin anew, and what was known of the last world is not known of this one.
    front.members.asking.readers.known_members.clear()
    shown._kept.clear()
    session.remove()
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in reversed(Base.metadata.sorted_tables):
            if table.name == "audit_entry":
                _empty_audit(connection)
            else:
                connection.execute(table.delete())


def _empty_audit(connection: Connection) -> None:
    """The log refuses to be emptied, so its guard is taken away for a moment."""
    guards = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_entry'"
    ).all()
    for name, _ in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("DELETE FROM audit_entry")
    for _, sql in guards:
        connection.exec_driver_sql(sql)
