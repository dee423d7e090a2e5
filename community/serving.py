"""gunicorn's settings that are code: `--config python:community.serving`."""

import ctypes
import gc
import os
import resource
import socket
import sys
from typing import Any

from community import evenness
from community.bodies import AT_ONCE as LONG_BODIES
from community.config import Settings
from community.leaving import close_when_told, stop_in_order
from community.occupied import occupy

# See community/admission.py: who stands in each of its two lines, and who is told to come back.
WAITING = 16
TURNED_AWAY = 12

# A whole page finds room with the kernel, so that no thread waits for who reads slowly.
SEND_BUFFER_BYTES = 256 * 1024
# So many may read slowly what is longer; one more is cut off.
SLOW_READERS = 16
# Connections cost little: a process has as many as it may have files open, but for some of these.
MOST_FILES, OTHER_FILES = 4096, 512

M_ARENA_MAX = -8


def at_once() -> int:
    """How many of those who read, and as many of those who write, each process works for."""
    return int(os.environ.get("WEB_THREADS") or 2)


# Nobody waits longer for a page; commands and the worker may take their time.
raw_env = [
    f"STATEMENT_SECONDS={os.environ.get('STATEMENT_SECONDS') or 20}",
    f"PGAPPNAME={os.environ.get('PGAPPNAME') or 'guildhall web'}",
]
threads = 2 * (at_once() + WAITING) + TURNED_AWAY + LONG_BODIES + SLOW_READERS
worker_class = "community.shedding.SheddingWorker"


def _most_files() -> int:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)


worker_connections = max(OTHER_FILES, _most_files() - OTHER_FILES)


def on_starting(_server: Any) -> None:
    occupy(Settings.from_environ().data_dir)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, _most_files()), hard))


def when_ready(server: Any) -> None:
    """What was imported stays for good: it is shared by the workers that are now forked off.

    The collector goes through it no more, neither during requests nor when a worker ends.
    """
    stop_in_order(server)
    for listener in server.LISTENERS:  # those that are accepted are made alike
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    _share_memory_between_threads()
    gc.collect()
    gc.freeze()


def _share_memory_between_threads() -> None:
    """Two arenas in each process: by default glibc gives nearly every thread some megabytes."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option:
        set_option(M_ARENA_MAX, 2)


def child_exit(_server: Any, worker: Any) -> None:
    evenness.leave(worker)


def post_worker_init(worker: Any) -> None:
    """Whoever is to be told that the house is full must not wait for those at work inside."""
    close_when_told(worker)
    sys.setswitchinterval(0.0005)
