"""What only PostgreSQL does: workers side by side, races that are lost, a server that restarts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import make_url, select, text, update

from community import jobs, worker
from community.config import Settings
from community.database import (
    action,
    db,
    note_authorization,
    session,
    write_transaction,
)
from community.events import EventRow, emit_all
from community.jobs import Job
from community.members.models import Profile
from community.outages import is_outage
from community.postgresql import pool_options
from community.reading import end_reading
from community.search import indexing
from community.search.events import SearchMissed
from tests.conftest import sign_in

pytestmark = pytest.mark.parametrize("database", ["postgresql"], scope="session")

MANY = 60
PAGES = ("/", "/search?q=walnut")


def in_another_transaction(app):
    """A connection of another process, so to speak."""
    return psycopg.connect(db.engine.url.set(drivername="postgresql").render_as_string(False))


@pytest.fixture
def called(monkeypatch):
    """The numbers a job was called with; registered for one test."""
    numbers: list[int] = []
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    yield jobs.job("tests.note")(numbers.append), numbers


def queue(kind, count):
    with write_transaction():
        for number in range(count):
            kind.later(number)


def test_four_workers_at_once_do_each_job_once(app, called):
    kind, numbers = called
    queue(kind, MANY)

    def work(_number):
        with app.app_context():
            while jobs.run_due_job():
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(numbers) == list(range(MANY))
    assert session.scalars(select(Job)).all() == []


def test_a_job_that_another_is_just_claiming_is_passed_over(app, called):
    kind, numbers = called
    queue(kind, 2)
    with in_another_transaction(app) as other:
        other.execute("SELECT FROM job ORDER BY id LIMIT 1 FOR UPDATE")
        assert jobs.run_due_job()
    assert numbers == [1]


def test_events_that_another_is_just_claiming_are_passed_over(app):
    with write_transaction():
        emit_all([SearchMissed(words=word) for word in ("walnut", "oak", "teak")])
    first, *others = session.scalars(select(EventRow.id).order_by(EventRow.id)).all()
    session.rollback()
    with in_another_transaction(app) as other:
        other.execute("SELECT FROM event WHERE id = %s FOR UPDATE", (first,))
        assert [row.id for row in worker._claim_events()] == others
    assert [row.id for row in worker._claim_events()] == [first]
    assert worker._claim_events() == []


def test_of_two_who_lock_each_other_out_both_succeed(app, cast):
    begun, meeting = [], threading.Barrier(2, timeout=20)

    @action
    def take_both(first, second):
        note_authorization()
        begun.append(first)
        session.execute(text("SELECT FROM member WHERE id = :id FOR UPDATE"), {"id": first})
        if len(begun) <= 2:
            meeting.wait()
        session.execute(text("SELECT FROM member WHERE id = :id FOR UPDATE"), {"id": second})
        return first

    def take(pair):
        with app.app_context():
            return take_both(*pair)

    one, other = cast.ada.id, cast.ben.id
    session.rollback()
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(take, [(one, other), (other, one)])) == [one, other]
    assert len(begun) > 2


def test_after_the_server_went_away_the_next_request_is_answered(app, cast, client):
    indexing.rebuild_index()
    sign_in(client, cast.ada)
    asked = [client.get(page).status_code for page in PAGES]
    session.rollback()
    with in_another_transaction(app) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert [client.get(page).status_code for page in PAGES] == asked == [200, 200]


def test_connections_say_whose_they_are_and_wait_for_nobody_for_ever(tmp_path, app):
    chosen = Settings.from_environ({"DATA_DIR": str(tmp_path), "STATEMENT_SECONDS": "20"})
    options = pool_options(chosen)
    address = make_url(db.engine.url).set(drivername="postgresql").render_as_string(False)
    with psycopg.connect(address, **options["connect_args"]) as connection:
        settings = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
            for name in (
                "application_name",
                "statement_timeout",
                "idle_in_transaction_session_timeout",
            )
        }
    assert settings == {
        "application_name": "guildhall",
        "statement_timeout": "20s",
        "idle_in_transaction_session_timeout": "5min",
    }


def test_a_statement_that_takes_too_long_is_given_up(app):
    session.execute(text("SET LOCAL statement_timeout = 50"))
    with pytest.raises(Exception, match="statement timeout") as given_up:
        session.execute(text("SELECT pg_sleep(10)"))
    session.rollback()
    assert is_outage(given_up.value)


def test_what_was_prepared_for_a_page_serves_the_next(app, cast):
    """With pages of one connection: the driver prepares what it was given five times."""
    session.rollback()
    for _time in range(8):
        assert app.test_client().get("/people/ada").status_code == 200
    prepared = text("SELECT count(*) FROM pg_prepared_statements")
    assert session.scalar(prepared)


CHANGED_WITHIN = text(
    "WITH changed AS (UPDATE profile SET name = 'Somebody else' RETURNING 1) SELECT FROM changed"
)


@pytest.mark.parametrize(
    "how", [None, update(Profile).values(name="Somebody else"), CHANGED_WITHIN]
)
def test_what_a_page_changed_and_no_action_kept_is_lost(app, cast, how):
    session.commit()
    if how is None:
        cast.ada.profile.name = "Somebody else"
        session.flush()
    else:
        session.execute(how)
    end_reading(None)
    session.rollback()
    session.expire_all()
    assert cast.ada.profile.name != "Somebody else"
