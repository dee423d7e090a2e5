"""Machines that are made of network namespaces, each on a cable of its own to this one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from community.config import ROOT
from community.launcher import start

SITE = "community.test"
PATIENCE_SECONDS = 120


def lacking() -> str:
    """What keeps these tests from running here, if anything."""
    if os.getuid() or not shutil.which("ip") or not shutil.which("nginx"):
        return "needs root, ip and nginx"
    probe = "gh-probe"
    made = subprocess.run(["ip", "netns", "add", probe], capture_output=True)
    subprocess.run(["ip", "netns", "del", probe], capture_output=True)
    return "" if made.returncode == 0 else "no network namespaces can be made here"


class Machine:
    """10.77.N.2 at the end of a cable whose other end is 10.77.N.1, here."""

    def __init__(self, number: int, folder: Path, environ: dict[str, str]) -> None:
        self.name, self.cable = f"gh-web{number}", f"gh-cable{number}"
        self.here, self.address = f"10.77.{number}.1", f"10.77.{number}.2"
        self.folder, self.environ = folder, environ
        self.launcher: subprocess.Popen | None = None

    def plug_in(self) -> None:
        _ip("netns", "add", self.name)
        _ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        _ip("addr", "add", f"{self.here}/24", "dev", self.cable)
        _ip("link", "set", self.cable, "up")
        for line in ("link set lo up", f"addr add {self.address}/24 dev eth0", "link set eth0 up"):
            _ip("-n", self.name, *line.split())

    def start(self) -> None:
        command = ["ip", "netns", "exec", self.name, sys.executable, "-m", "community.launcher"]
        environ = self.environ | {"HOST": self.address, "PORT": "8000"}
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.launcher = start(command, env=environ, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_ready():
            assert self.launcher.poll() is None and time.monotonic() < until, self.output()
            time.sleep(0.1)

    def is_ready(self) -> bool:
        return answers(self.address, 8000, "/readyz")

    def kill(self) -> None:
        """All of it, without warning."""
        for pid in _ip("netns", "pids", self.name).split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        assert self.launcher
        self.launcher.wait()

    def cut_the_cable(self) -> None:
        """It goes on, and nobody hears of it: not even that its connections have ended."""
        _ip("-n", self.name, "link", "set", "eth0", "down")

    def renew(self) -> None:
        """As an update does: told to stop, and started again."""
        assert self.launcher
        self.launcher.send_signal(signal.SIGTERM)
        assert self.launcher.wait(PATIENCE_SECONDS) == 0, self.output()
        self.start()

    def unplug(self) -> None:
        if self.launcher and self.launcher.poll() is None:
            self.kill()
        for made in (["link", "del", self.cable], ["netns", "del", self.name]):
            subprocess.run(["ip", *made], capture_output=True)

    def output(self) -> str:
        return (self.folder / f"{self.name}.log").read_text()


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True).stdout


def answers(address: str, port: int, path: str) -> bool:
    connection = HTTPConnection(address, port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": SITE})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def nginx(folder: Path, machines: Sequence[Machine], port: int) -> Iterator[None]:
    """With the configuration that the product comes with, the machines' names filled in."""
    chosen = (ROOT / "deploy" / "nginx.conf").read_text()
    for number, machine in enumerate(machines, 1):
        chosen = chosen.replace(f"web{number}:8000", f"{machine.address}:8000")
    chosen = chosen.replace("listen 80;", f"listen 127.0.0.1:{port};")
    chosen += f"\ndaemon off;\npid {folder}/nginx.pid;\n"
    (folder / "nginx.conf").write_text(chosen)
    shutil.copy("/etc/nginx/mime.types", folder)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with (folder / "nginx.log").open("wb") as log:
        running = start(command, stdout=log, stderr=log)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers("127.0.0.1", port, "/healthz"):
            assert running.poll() is None and time.monotonic() < until, "nginx does not answer"
            time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait()
