"""Two workers at once: the lease gives each job to one of them."""

import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import exists, select

from community.database import session, write_transaction
from community.jobs import Job
from community.launcher import start
from tests.crash.faults import add_line
from tests.crash.installation import PATIENCE_SECONDS, Installation

JOBS, WORKERS = 40, 2


def test_two_workers_run_each_job_once(install):
    lines = run_all(*install(fault="none"))
    assert lines == {str(number): 1 for number in range(JOBS)}


@pytest.mark.fault("job without lease", caught_by="lines left by each job counted")
def test_a_job_without_its_lease_is_noticed(install):
    lines = run_all(*install(fault="jobs_without_lease"))
    assert max(lines.values()) > 1


def run_all(installation: Installation, app: Flask) -> Counter[str]:
    """How often each job was run."""
    path = installation.folder / "lines"
    path.touch()
    with app.app_context(), write_transaction():
        for number in range(JOBS):
            add_line.later(str(path), str(number))
    command = [sys.executable, "-m", "flask", "--app", "tests.crash.faulty", "worker"]
    workers = [start(command, env=installation.environ) for _worker in range(WORKERS)]
    try:
        with app.app_context():
            _wait_until_done()
    finally:
        for worker in workers:
            worker.terminate()
    assert [worker.wait(PATIENCE_SECONDS) for worker in workers] == [0] * WORKERS
    return _lines(path)


def _wait_until_done() -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while session.scalar(select(exists().where(Job.kind == add_line.name))):
        session.rollback()
        assert time.monotonic() < until, "the jobs were not done in time"
        time.sleep(0.05)
    session.rollback()


def _lines(path: Path) -> Counter[str]:
    return Counter(line.split()[0] for line in path.read_text().splitlines())
