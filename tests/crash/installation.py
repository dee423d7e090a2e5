"""One installation as it runs in earnest, under the launcher, that can be killed at any moment."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from flask_migrate import stamp

from community.application import create_app
from community.config import ROOT, Settings
from community.database import Base, db
from community.launcher import start
from tests.conftest import FEATURES

PATIENCE_SECONDS = 60
VICTIMS = ("server", "worker", "everything")
# One of the processes that serve: the others go on, and it is replaced without a word.
ONE_PROCESS = "one process"


class Installation:
    """A folder, a port, a database; `fault` names one of `tests.crash.faults`."""

    def __init__(self, folder: Path, *, database_url: str = "", fault: str = "") -> None:
        self.folder = folder
        self.port = _free_port()
        self.environ = os.environ | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "FAULT": fault,
        }
        self.module = "tests.crash.faulty_launcher" if fault else "community.launcher"
        self.launcher: subprocess.Popen | None = None

    def make_app(self) -> Flask:
        """The application on the same database, for preparing and for looking afterwards."""
        app = create_app(Settings.from_environ(self.environ), FEATURES)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            stamp(directory=str(ROOT / "migrations"))
        return app

    def start(self) -> None:
        """Serve, unless it still does."""
        if self.runs():
            return
        with (self.folder / "output.log").open("ab") as log:
            self.launcher = start(
                [sys.executable, "-m", self.module], env=self.environ, stdout=log, stderr=log
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.launcher.poll() is None, self.output()
            assert time.monotonic() < until, self.output()
            time.sleep(0.05)

    def runs(self) -> bool:
        return self.launcher is not None and self.launcher.poll() is None

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self, victim: str) -> None:
        """`kill -9`, without warning; what survives is told by the launcher to stop, as it does."""
        assert self.launcher
        for pid in self.processes(victim):
            kill(pid)
        if victim != ONE_PROCESS:
            self.launcher.wait(PATIENCE_SECONDS)

    def stop(self) -> int:
        """The polite way, which must end well."""
        assert self.launcher
        self.launcher.send_signal(signal.SIGTERM)
        return self.launcher.wait(PATIENCE_SECONDS)

    def kill_what_is_left(self) -> None:
        if self.runs():
            self.kill("everything")

    def processes(self, victim: str) -> list[int]:
        """The launcher itself, or the part that serves, or the part that works, with all below."""
        assert self.launcher
        if victim == "everything":
            return with_children(self.launcher.pid)
        serves = [pid for pid in _children(self.launcher.pid) if "gunicorn" in _command(pid)]
        works = [pid for pid in _children(self.launcher.pid) if pid not in serves]
        if victim == ONE_PROCESS:
            return _children(serves[0])[:1] if serves else []
        parts = serves if victim == "server" else works
        return [pid for part in parts for pid in with_children(part)]

    def faults(self) -> str:
        """What the house itself wrote down of its faults: the end of each."""
        told = re.split(r"^(?=\d{4}-\d\d-\d\d )", self.output(), flags=re.MULTILINE)
        return "\n".join(one[:100] + one[-900:] for one in told if "fault at" in one)

    def output(self) -> str:
        return (self.folder / "output.log").read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_children(pid: int) -> list[int]:
    return [pid, *(each for child in _children(pid) for each in with_children(child))]


def _children(pid: int) -> list[int]:
    """Of all its threads: a page's Markdown child belongs to the thread that started it."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it ended by itself a moment ago
        os.kill(pid, signal.SIGKILL)
