"""gunicorn's settings that are code: `--config python:community.serving`."""

import ctypes
import gc
import os
import sys
from typing import Any

from community.leaving import close_when_told, stop_in_order

# See community/admission.py: who stands in each of its two lines, and who is told to come back.
WAITING = 16
TURNED_AWAY = 12

M_ARENA_MAX = -8


def at_once() -> int:
    """How many of those who read, and as many of those who write, each process works for."""
    return int(os.environ.get("WEB_THREADS") or 2)


# Nobody waits longer for a page; commands and the worker may take their time.
raw_env = [
    f"STATEMENT_SECONDS={os.environ.get('STATEMENT_SECONDS') or 20}",
    f"PGAPPNAME={os.environ.get('PGAPPNAME') or 'guildhall web'}",
]
threads = 2 * (at_once() + WAITING) + TURNED_AWAY


def when_ready(server: Any) -> None:
    """What was imported stays for good: it is shared by the workers that are now forked off.

    The collector goes through it no more, neither during requests nor when a worker ends.
    """
    stop_in_order(server)
    _share_memory_between_threads()
    gc.collect()
    gc.freeze()


def _share_memory_between_threads() -> None:
    """Two arenas in each process: by default glibc gives nearly every thread some megabytes."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option:
        set_option(M_ARENA_MAX, 2)


def post_worker_init(worker: Any) -> None:
    """Whoever is to be told that the house is full must not wait for those at work inside."""
    close_when_told(worker)
    sys.setswitchinterval(0.0005)
