"""The disk is full or the database away: what was typed is given back, and asked for again."""

import errno
import socket
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from psycopg import errors as postgresql
from sqlalchemy import select, text
from sqlalchemy.exc import InternalError, OperationalError, PendingRollbackError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from community import buffers, health
from community import postgresql as community_postgresql
from community.application import create_app
from community.config import Settings
from community.database import db, session
from community.outages import is_full, is_outage
from community.sqlite import sqlite_driver
from community.web import access
from tests.conftest import FEATURES

FORM = {"text": "What I had to say", "password": "hush", "csrf_token": "from the page"}


@pytest.fixture
def browser(tmp_path, sqlite_app):
    """Of an installation whose PostgreSQL server is not there."""
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    app = create_app(
        Settings.from_environ(
            {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "BASE_URL": "http://localhost"}
        ),
        FEATURES,
    )
    session.remove()
    yield app.test_client()
    session.remove()


def test_without_its_database_the_house_asks_for_patience(browser):
    for address in ("/", "/latest", "/ideas", "/t/abcdefgh/a-topic"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5"), address
        assert "Busy right now" in answer.text
        assert f'href="{address}">Try again' in answer.text
        assert "Your text is kept" not in answer.text, "nothing was typed"


def test_who_is_told_to_try_again_is_led_to_no_other_house(browser):
    for address in ("//elsewhere.example/x", "/\\elsewhere.example/x"):
        answer = browser.get(address, base_url="http://localhost")
        assert 'href="//' not in answer.text and 'href="/\\' not in answer.text


def test_what_was_typed_meanwhile_can_be_sent_again(browser):
    answer = browser.post("/threads/abcdefgh/posts", data=FORM)
    assert answer.status_code == 503
    assert "What I had to say" in answer.text and "Send again" in answer.text
    assert "hush" not in answer.text


def test_a_program_is_told_in_its_own_language(browser):
    answer = browser.get("/api/v1/metrics")
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "busy")


def test_the_process_answers_for_itself_and_says_what_is_missing(browser):
    assert browser.get("/healthz").status_code == 200
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, False)


class Vanishing:
    """The way to the tests' PostgreSQL, at whose end there can be somebody who says nothing."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.door, self.server = folder / server.name, server
        self.silent = socket.socket(socket.AF_UNIX)
        self.door.symlink_to(server)

    def vanish(self) -> None:
        self.door.unlink()
        self.silent.bind(str(self.door))
        self.silent.listen(100)
        self.silent.setblocking(False)

    def come_back(self) -> int:
        """How often somebody knocked meanwhile."""
        knocks = 0
        with suppress(BlockingIOError):
            while self.silent.accept():
                knocks += 1
        self.silent.close()
        self.door.unlink()
        self.door.symlink_to(self.server)
        return knocks


@pytest.mark.parametrize("database", ["postgresql"])
def test_nobody_waits_for_a_server_that_has_vanished_but_the_first(app, cast, monkeypatch):
    monkeypatch.setattr(community_postgresql, "CONNECT_SECONDS", 2)
    with TemporaryDirectory(prefix="guildhall-") as folder:
        server = Path(str(db.engine.url.query["host"])) / ".s.PGSQL.5432"
        way, url = Vanishing(Path(folder), server), db.engine.url.set(query={"host": folder})
        environ = {"DATA_DIR": folder, "DATABASE_URL": url.render_as_string(False)}
        environ["BASE_URL"] = "http://localhost"
        other = create_app(Settings.from_environ(environ), FEATURES)
        browser = other.test_client()
        assert browser.get("/latest").status_code == 200
        let_go(other)
        way.vanish()
        pages = ["/latest", "/", "/ideas", "/api/v1/metrics"] * 10
        assert {browser.get(page).status_code for page in pages} == {503}
        assert (browser.get("/healthz").status_code, browser.get("/readyz").status_code) == (
            200,
            503,
        )
        assert way.come_back() < 5
        until = time.monotonic() + 30
        while browser.get("/latest").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert b'"database":true' in browser.get("/readyz").data
        let_go(other)


def let_go(app) -> None:
    """Of all connections, as when the server is gone."""
    app.extensions["front"].forget()
    with app.app_context():
        db.engine.dispose()


def test_who_asks_whether_all_is_well_is_told_though_another_still_waits_to_hear(
    browser, monkeypatch
):
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)
    with health._looking:
        answer = browser.get("/readyz")
    assert (answer.status_code, answer.json["open"], answer.json["database"]) == (503, True, False)


def of_sqlite(message: str) -> OperationalError:
    return OperationalError("INSERT", {}, sqlite_driver.OperationalError(message))


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite("database or disk is full"),
        OperationalError("INSERT", {}, postgresql.DiskFull()),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
    ],
)
def test_no_room_is_known_as_such(error):
    assert is_full(error) and is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite("database is locked"),
        of_sqlite("disk I/O error"),
        OperationalError("SELECT", {}, postgresql.AdminShutdown()),
        OperationalError("SELECT", {}, postgresql.CannotConnectNow()),
        NoConnectionFree(),
        PendingRollbackError(),
        postgresql.AdminShutdown(),
        InternalError(
            "SELECT", {}, postgresql.InFailedSqlTransaction(), connection_invalidated=True
        ),
    ],
)
def test_a_database_that_is_away_may_come_back(error):
    assert is_outage(error) and not is_full(error)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite("no such table: nothing"),
        ProgrammingError("SELECT", {}, postgresql.UndefinedTable()),
        OSError(errno.EACCES, "Permission denied"),
        ValueError("a fault of ours"),
    ],
)
def test_a_fault_of_ours_is_no_outage(error):
    assert not is_outage(error)


@pytest.fixture
def instead(house, monkeypatch):
    """`instead("health.readyz", view)`: the view, as a server runs it."""
    monkeypatch.setitem(house.config, "PROPAGATE_EXCEPTIONS", False)

    def put(endpoint: str, view) -> None:
        monkeypatch.setitem(house.view_functions, endpoint, access("anyone")(view))

    return put


def test_a_fault_of_ours_is_answered_as_one(client, instead):
    instead("health.readyz", lambda: session.execute(text("SELECT gone")))
    assert client.get("/readyz").status_code == 500


def test_a_full_disk_gives_back_what_was_typed(client, instead):
    def write() -> None:
        raise of_sqlite("database or disk is full")

    instead("credentials.sign_in_now", write)
    answer = client.post("/sign-in", data=FORM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (507, "60")
    assert "no room left" in answer.text and "What I had to say" in answer.text


def test_what_was_read_during_an_outage_is_noted_once_it_is_over(sqlite_app, monkeypatch):
    written: list[str] = []

    def write(notes) -> None:
        if not written:
            written.append("tried")
            raise of_sqlite("database or disk is full")
        written.extend(notes)

    monkeypatch.setitem(buffers._writers, "tests", write)
    buffers.note("tests", "first")
    buffers.flush()
    buffers.note("tests", "second")
    buffers.flush()
    assert written == ["tried", "first", "second"]


def test_many_notes_are_written_a_few_hundred_at_a_time_and_kept_in_their_order(
    sqlite_app, monkeypatch
):
    sizes, written = [], []

    def write(notes):
        sizes.append(len(notes))
        if len(sizes) == 2:
            raise of_sqlite("database or disk is full")
        written.extend(notes)

    monkeypatch.setitem(buffers._writers, "tests", write)
    for number in range(3 * buffers.AT_ONCE + 1):
        buffers.note("tests", number)
    buffers.flush()
    assert written == list(range(buffers.AT_ONCE))
    buffers.flush()
    assert written == list(range(3 * buffers.AT_ONCE + 1))
    assert max(sizes) == buffers.AT_ONCE


@pytest.mark.parametrize("database", ["postgresql"])
def test_an_answer_that_was_found_is_given_though_the_connection_is_lost_after_it(
    app, cast, instead
):
    def look() -> str:
        session.execute(select(1))
        driver: Any = session.connection().connection.dbapi_connection
        driver.pgconn.finish()  # as if the server had gone in this moment
        return "found"

    instead("health.readyz", look)
    assert app.test_client().get("/readyz").text == "found"
    with app.app_context():
        assert session.scalar(select(1)) == 1
