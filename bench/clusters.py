"""PostgreSQL as Debian sets it up, durable, on files that can be kept."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from community.launcher import start
from tests.servers.postgresql import found

NAME = "guildhall"
PATIENCE_SECONDS = 60


@contextmanager
def cluster(files: Path) -> Iterator[str]:
    """The address of a server on these files, made if there are none yet, with one database."""
    with tempfile.TemporaryDirectory(prefix="guildhall-pg-") as name:
        sockets, new = Path(name), not files.exists()
        user = _unprivileged_user(sockets)
        if new:
            _initialise(files, user)
        command = [_program("postgres"), "-D", str(files), "-k", name, "-c", "listen_addresses="]
        server = start(command, cwd=name, stderr=subprocess.DEVNULL, **user)
        try:
            _wait_for(f"postgresql:///postgres?host={name}&user={NAME}", server, create=new)
            yield f"postgresql://{NAME}@/{NAME}?host={name}"
        finally:
            server.send_signal(signal.SIGINT)  # its fast shutdown
            server.wait()


def copy(files: Path, to: Path) -> None:
    """With their owner, whom PostgreSQL insists on."""
    subprocess.run(["cp", "-a", files, to], check=True)


def _unprivileged_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.getuid():
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _initialise(files: Path, user: dict[str, Any]) -> None:
    files.mkdir(parents=True, mode=0o700)
    _unprivileged_user(files)
    command = [_program("initdb"), "--pgdata", str(files), "--username", NAME, "--auth", "trust"]
    command += ["--encoding", "UTF8", "--locale", "C.UTF-8"]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **user)


def _wait_for(address: str, server: subprocess.Popen, *, create: bool) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                if create:
                    connection.execute(f"CREATE DATABASE {NAME}")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _program(name: str) -> str:
    folder = found()
    assert folder, "no PostgreSQL server is installed"
    return str(folder / name)
