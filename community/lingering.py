"""How a connection ends: nobody who is slow to hang up keeps the others waiting.

After the last answer we say that nothing more will come, and close once the other side has hung up,
so that the end of the answer is not lost. gunicorn waits for that where it also accepts the others:
for one round trip with everybody, and for two seconds with who never hangs up. Here the thread that
gave the answer waits a moment, and then all that are left are waited for at once.
"""

import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

MOMENT_SECONDS = 0.05
MOST_DRAINED = 64 * 1024
AT_ONCE = 16 * 1024


def close_in_background(worker: Any) -> None:
    """Let gunicorn's worker accept others while it waits for some to hang up."""
    serve, finish = worker.handle, worker.finish_request

    def handle(conn: Any) -> Any:
        stays = serve(conn)
        if stays is False and worker.alive:  # a server that stops does it in its own way
            _hang_up(conn.sock)
        return stays

    def finish_request(conn: Any, future: Future[Any]) -> None:
        is_over = not future.cancelled() and not future.exception() and future.result() is False
        if is_over and worker.alive and _is_open(conn.sock):
            _linger(worker, conn)
        else:
            finish(conn, future)

    worker.handle, worker.finish_request = handle, finish_request


def _is_open(connection: socket.socket) -> bool:
    return connection.fileno() >= 0


def _hang_up(connection: socket.socket) -> None:
    """Closed afterwards, unless the other side needs longer."""
    drained = 0
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(MOMENT_SECONDS)
        while drained < MOST_DRAINED and (given := len(connection.recv(AT_ONCE))):
            drained += given
    except TimeoutError:
        return
    except OSError:
        pass
    connection.close()


def _linger(worker: Any, conn: Any) -> None:
    """Among those that the worker closes by itself when their time is over."""
    conn.timeout, conn.drained = time.monotonic() + worker.cfg.keepalive, 0
    conn.sock.setblocking(False)
    worker.pending_conns.append(conn)
    worker.poller.register(conn.sock, EVENT_READ, partial(_drain, worker, conn))


def _drain(worker: Any, conn: Any, connection: socket.socket) -> None:
    with suppress(BlockingIOError):
        try:
            given = len(connection.recv(AT_ONCE))
        except ConnectionError:
            given = 0
        conn.drained += given
        if not given or conn.drained > MOST_DRAINED:
            worker.poller.unregister(connection)
            worker.pending_conns.remove(conn)
            worker.nr_conns -= 1
            conn.close()
