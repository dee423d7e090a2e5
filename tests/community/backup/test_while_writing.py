"""A backup made while others commit all the time is one moment of the database."""

import threading
from contextlib import contextmanager

import pytest
from flask_migrate import stamp
from sqlalchemy import func, select, update

from community import clock
from community.audiences import AccessVersion
from community.backup import sqlite_copies
from community.database import Base, db, session, write_transaction
from community.foundation import lay_foundation
from community.jobs import Job

BALLAST = 400


@contextmanager
def somebody_writing(home):
    """Each commit counts one more and adds a row; `written()` says how many there are."""
    enough, begun = threading.Event(), threading.Event()

    def write():
        with home.app.app_context():
            while not enough.is_set():
                with write_transaction():
                    session.execute(update(AccessVersion).values(version=AccessVersion.version + 1))
                    session.add(Job(kind="x", arguments=["y" * 2000], run_at=clock.now()))
                begun.set()
            session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        yield
    finally:
        enough.set()
        writer.join()


def counted(home) -> tuple[int, int]:
    with home.app.app_context():
        found = (
            session.scalar(select(AccessVersion.version)),
            session.scalar(select(func.count(Job.id))),
        )
        session.remove()
        return found


@pytest.fixture
def busy(move_in):
    home = move_in()
    with home.app.app_context():
        Base.metadata.create_all(db.engine)
        stamp()
        with write_transaction():
            lay_foundation()
            session.execute(update(AccessVersion).values(version=BALLAST))
            for _ in range(BALLAST):
                session.add(Job(kind="x", arguments=["y" * 2000], run_at=clock.now()))
        session.remove()
    return home


def test_counters_and_rows_agree_in_it(busy, move_in, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_copies, "PAGES_AT_ONCE", 8)  # as many steps as a large one takes
    with somebody_writing(busy):
        before = counted(busy)[0]
        busy.create(tmp_path / "made.tar")
        after = counted(busy)[0]
    restored = move_in()
    restored.restore(tmp_path / "made.tar")
    version, rows = counted(restored)
    assert version == rows
    assert before <= version <= after and before < after
