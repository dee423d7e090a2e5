"""A private PostgreSQL cluster in a temporary folder, reached through a socket in that folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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
def cluster(*, listen: int = 0) -> Iterator[str]:
    """The address of a running cluster's own database; `own_database` makes more.

    `listen` on a port as well, for machines of the tests' own network.
    """
    folder = Path(tempfile.mkdtemp(prefix="guildhall-pg-"))
    user = _unprivileged_user(folder)
    server = None
    try:
        _initialise(folder, user)
        server = _serve(folder, user, listen)
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


def _initialise(folder: Path, user: dict) -> None:
    command = [_program("initdb"), "--pgdata", folder / "data", "--username", "guildhall"]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)


def _serve(folder: Path, user: dict, listen: int) -> subprocess.Popen:
    command = [_program("postgres"), "-D", str(folder / "data"), "-k", str(folder), *HASTY]
    command += ["-c", f"log_directory={folder}", "-c", f"listen_addresses={'*' * bool(listen)}"]
    if listen:
        command += ["-p", str(listen), *WATCHFUL]
        with (folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.77.0.0/16 trust\n")
    with (folder / "log").open("wb") as log:
        return start(command, cwd=folder, stdout=log, stderr=log, **user)


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
