"""A write that is acknowledged is on the disk: every one has its own sync, counted by strace.

`kill -9` does not show it, because the system still writes what a killed process had written.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from community.doctor import postgresql_is_safe
from tests.crash.clients import Book, Client, Reply
from tests.crash.installation import PATIENCE_SECONDS, Installation
from tests.crash.settling import settle_writers

WRITES = 30


@pytest.fixture(autouse=True)
def strace() -> None:
    if not shutil.which("strace"):
        assert not os.environ.get("CI"), "strace is missing; bin/test installs it"
        pytest.skip("no strace here to count the syncs with")


def test_every_acknowledged_write_is_synced(install):
    assert syncs_of_writes(*install()) >= WRITES


@pytest.mark.fault("NORMAL sync", caught_by="syncs counted per commit by strace")
def test_commits_without_a_sync_are_noticed(install):
    assert syncs_of_writes(*install(fault="commits_without_sync")) < WRITES


def test_the_doctor_says_when_postgresql_may_lose_what_it_acknowledged(app, database):
    """The tests' own is hasty."""
    told = " ".join(postgresql_is_safe())
    assert ("fsync is off" in told) == (database == "postgresql")
    assert "synchronous_commit" not in told


def syncs_of_writes(installation: Installation, app: Flask) -> int:
    """How often the web server synced the log of the database while `WRITES` were acknowledged."""
    people, places = settle_writers(app, members=WRITES)
    installation.start()
    book = Book()
    client = Client(installation.port, people, places, book, "syncs")
    with counting_syncs(installation) as trace:
        for number, person in enumerate(people):
            client.send_reply(Reply(f"{number}", person, places.threads[0]))
    assert book.acknowledged == WRITES, book.refused
    assert installation.stop() == 0
    syncs = [line for line in trace.read_text().splitlines() if "-wal>" in line]
    return sum("sync(" in line for line in syncs)


@contextmanager
def counting_syncs(installation: Installation) -> Iterator[Path]:
    trace = installation.folder / "syncs"
    command = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
    watched = installation.processes("server")
    for pid in watched:
        command += ["-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_attached(tracer, len(watched))
        yield trace
    finally:
        tracer.terminate()
        tracer.wait(PATIENCE_SECONDS)


def _wait_until_attached(tracer: subprocess.Popen, processes: int) -> None:
    assert tracer.stderr
    for line in tracer.stderr:
        if "attach" in line and "attached" not in line:
            pytest.skip(f"strace may not look here: {line.strip()}")
        processes -= "attached" in line
        if not processes:
            break
    time.sleep(0.05)
