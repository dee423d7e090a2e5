"""gunicorn as the product starts it, once for hello and once for the world, and what it costs."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from community.launcher import start, web_server
from tests.servers.valkey import free_port

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 60
ESTABLISHED, CLOSE_WAIT = "01", "08"  # as /proc/net/tcp has it


class Server:
    def __init__(self, module: str, **environ: str) -> None:
        self.port = free_port()
        environ = os.environ | {"PORT": str(self.port)} | environ
        self.process = start(web_server(module, self.port), env=environ)

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < until, "it does not answer"
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def rest(self) -> None:
        """Wait until nobody is being answered: whoever asked and went away still stands in line."""
        until = time.monotonic() + PATIENCE_SECONDS
        while _open_connections(self.port):
            assert time.monotonic() < until, "it is still at work for those who went away"
            time.sleep(0.01)

    def cpu_seconds(self) -> float:
        """Of the processes that answer, so far."""
        return sum(_cpu_seconds(pid) for pid in self.workers())

    def memory_mb(self) -> float:
        """The largest worker's own memory, without the pages of files it has mapped."""
        return max(_anonymous_kb(pid) for pid in self.workers()) / 1024


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    try:
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            server.process.terminate()
        for server in servers:
            _wait_or_kill(server.process)


def _wait_or_kill(process: subprocess.Popen) -> None:
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _open_connections(port: int) -> int:
    """On the server's side, those that nobody has taken up yet among them."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    local = f":{port:04X}"
    return sum(line[1].endswith(local) and line[3] in (ESTABLISHED, CLOSE_WAIT) for line in lines)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _anonymous_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
