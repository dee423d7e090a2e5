"""A PostgreSQL server of the test's own, which can be stopped in every way and started again."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from community.launcher import start
from tests.crash.installation import PATIENCE_SECONDS, kill, with_children
from tests.servers import postgresql

# How a server ends: asked politely, told to drop everything, or killed with all its processes.
WAYS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)


class Cluster:
    """Its files lie in `folder`, and so does its socket."""

    def __init__(self, folder: Path) -> None:
        programs = postgresql.found()
        assert programs, "no PostgreSQL server is installed"
        self.programs, self.folder = programs, folder
        self.url = f"postgresql://guildhall@/postgres?host={folder}"
        self.user = {}
        if not os.getuid():  # it refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
            self.user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        command = [programs / "initdb", "--pgdata", folder / "data", "--username", "guildhall"]
        command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **self.user)
        self.server: subprocess.Popen | None = None
        self.start()

    def start(self) -> None:
        """Start it, again and again while what is left of a killed one is in the way."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < until, (self.folder / "log").read_text()[-2000:]
            if self.server is None or self.server.poll() is not None:
                self.server = self._serve()
            time.sleep(0.05)

    def stop(self, way: signal.Signals = signal.SIGINT) -> None:
        assert self.server
        if way == signal.SIGKILL:
            for pid in with_children(self.server.pid):
                kill(pid)
        else:
            self.server.send_signal(way)
        self.server.wait(PATIENCE_SECONDS)

    def restart(self, way: signal.Signals) -> None:
        self.stop(way)
        self.start()

    def _serve(self) -> subprocess.Popen:
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder]
        command += ["-c", "listen_addresses=", "-c", "max_wal_size=64MB", "-c", "wal_keep_size=0"]
        with (self.folder / "log").open("ab") as log:
            words = [str(word) for word in command]
            return start(words, cwd=self.folder, stdout=log, stderr=log, **self.user)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True
