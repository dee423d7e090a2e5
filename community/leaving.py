"""How a server stops while others go on: no connection that it has taken is left without an answer.

First `/readyz` says that this machine is not to be asked, for who balances the load by it. Then new
connections are no longer taken up, those made before are, and the rest is gunicorn's own: what has
begun is finished. Who connects meanwhile is refused by the kernel and asks another machine.
"""

import ctypes
import mmap
import os
import signal
import socket
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

# Longer than a balancer leaves alone a machine that failed, or was renewed before this one.
NOTICE_SECONDS = 3.0
LAST_CONNECTIONS_SECONDS = 0.1

_leaving = mmap.mmap(-1, 1)  # one byte for all processes that are forked off this one


def is_leaving() -> bool:
    return bool(_leaving[0])


def stop_in_order(server: Any) -> None:
    """Let gunicorn's master do so when it is told to stop."""
    stop = server.stop

    def in_order(graceful: bool = True) -> None:
        if graceful:
            _leaving[0] = 1
            if os.environ.get("TRUSTED_PROXIES"):  # somebody in front of us may be asking
                time.sleep(NOTICE_SECONDS)
            refuse_new_connections([listener.sock for listener in server.LISTENERS])
            time.sleep(LAST_CONNECTIONS_SECONDS)
        stop(graceful)

    server.stop = in_order


def close_when_told(worker: Any) -> None:
    """A listener that nobody accepts from must not stay open until the last answer is given."""

    def close() -> None:
        worker.set_accept_enabled(False)
        for listener in worker.sockets:
            listener.close()
        worker.alive = False

    signal.signal(signal.SIGTERM, lambda *_: worker.method_queue.defer(close))


# Linux's classic packet filter: load the TCP flags; a SYN without an ACK is dropped, all else kept.
DROP_SYN = (
    (0x30, 0, 0, 13),
    (0x54, 0, 0, 0x12),
    (0x15, 0, 1, 0x02),
    (0x06, 0, 0, 0),
    (0x06, 0, 0, 0xFFFFFFFF),
)
SO_ATTACH_FILTER = 26


def refuse_new_connections(listeners: Sequence[socket.socket]) -> None:
    """Unlike a closed listener, which resets those that wait in its queue, this loses nobody."""
    code = b"".join(struct.pack("HBBI", *line) for line in DROP_SYN)
    kept = ctypes.create_string_buffer(code)
    program = struct.pack("HP", len(DROP_SYN), ctypes.addressof(kept))
    for listener in listeners:
        with suppress(OSError):  # not Linux: there is a moment in which one may be lost
            listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
