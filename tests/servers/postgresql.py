"""A private PostgreSQL cluster, reached through a socket in a temporary folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from community.launcher import start

# What is lost when the machine itself goes down does not matter here, and costs most of the time.
HASTY = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]
# As compose.yaml has it: a machine that is gone without a word is soon known to be gone.
WATCHFUL = ["-c", "tcp_keepalives_idle=2", "-c", "tcp_keepalives_interval=1"]
WATCHFUL += ["-c", "tcp_keepalives_count=3"]
PATIENCE_SECONDS = 60


def found() -> Path | None:
    """The folder of the newest server installed; Debian keeps it out of the PATH."""
    folders = [Path(one).parent for one in [shutil.which("postgres")] if one]
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name)
    )
    return next((one for one in reversed(folders) if (one / "initdb").exists()), None)


@contextmanager
def cluster(
    *, files: Path | None = None, options: Sequence[str] = HASTY, listen: int = 0
) -> Iterator[str]:
    """The address of a running cluster's own database; `own_database` makes more.

    Its `files` go with it unless they are named; they are made if there are none yet. `listen` on a
    port as well, for machines of the tests' own network.
    """
    folder = Path(tempfile.mkdtemp(prefix="guildhall-pg-"))
    user = _unprivileged_user(folder)
    server, files = None, files or folder / "data"
    try:
        if not files.exists():
            _initialise(files, user)
        server = _serve(folder, files, user, [*options, *_listening(files, listen)])
        address = f"postgresql://guildhall@/postgres?host={folder}"
        if listen:
            address = f"postgresql://guildhall@127.0.0.1:{listen}/postgres"
        _wait_for(address, server)
        yield address
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # its fast shutdown
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_database(name: str, *, beside: str) -> Iterator[str]:
    """An empty database called `name` in the cluster whose address is `beside`."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(create)
    yield urlsplit(beside)._replace(path=f"/{name}").geturl()
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(drop)


def _unprivileged_user(folder: Path) -> dict:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.getuid():
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _initialise(files: Path, user: dict) -> None:
    files.mkdir(parents=True, mode=0o700)
    _unprivileged_user(files)
    command = [_program("initdb"), "--pgdata", files, "--username", "guildhall"]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(command, check=True, cwd=files, stdout=subprocess.DEVNULL, **user)


def _serve(folder: Path, files: Path, user: dict, options: Sequence[str]) -> subprocess.Popen:
    command = [_program("postgres"), "-D", str(files), "-k", str(folder), *options]
    command += ["-c", f"log_directory={folder}"]
    with (folder / "log").open("wb") as log:
        return start(command, cwd=folder, stdout=log, stderr=log, **user)


def _listening(files: Path, port: int) -> list[str]:
    if not port:
        return ["-c", "listen_addresses="]
    with (files / "pg_hba.conf").open("a") as rules:
        rules.write("host all all 10.77.0.0/16 trust\n")
    return ["-c", "listen_addresses=*", "-p", str(port), *WATCHFUL]


def _wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return psycopg.connect(address).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _program(name: str) -> str:
    folder = found()
    assert folder, "no PostgreSQL server is installed"
    return str(folder / name)


if __name__ == "__main__":
    sys.exit(not found())
