"""gunicorn's threads for requests that have arrived: nobody who is slow holds up the others.

By itself gunicorn gives a thread to each connection, which waits there for the end of its request
as long as it takes, and the thread that accepts waits two seconds for each that was answered to
hang up: a hundred clients that say nothing leave nobody to serve the others. Here a connection
waits without a thread, among those that the worker looks after, until its request has arrived, a
long one in its beginning; so does one that is to hang up. nginx does the same for the machines
behind it: this is for those without.
"""

import socket
import time
from functools import partial
from itertools import islice
from selectors import EVENT_READ
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from community import evenness
from community.bodies import MOST_HELD_BYTES
from community.heads import TooLong, check_host, has_arrived
from community.sockets import Reader, taken_over

SILENCE_SECONDS = 5.0
LONGEST_ARRIVAL_SECONDS = 30.0
LONGEST_BODY_SECONDS = 300.0
LAST_WORDS_SECONDS = 0.05

NOT_YET = object()


class Worker(ThreadWorker):
    """A connection's `since` is when its request began to arrive, None while it has."""

    def handle(self, conn: Any) -> Any:
        """In a thread."""
        conn.outcome = False
        try:
            conn.outcome = super().handle(conn) if self.has_arrived(conn) else NOT_YET
        except TooLong:
            util.write_error(conn.sock, 431, "Request Header Fields Too Large", "")
        except (OSError, ValueError):  # it was reset, or took too long
            pass
        return conn.outcome

    def has_arrived(self, conn: Any) -> bool:
        if not conn.initialized:
            conn.sock = taken_over(conn.sock)
            conn.init()
            conn.parser.unreader, conn.since = Reader(conn.sock), None
        reader, now = conn.parser.unreader, time.monotonic()
        conn.since = conn.since or now
        if now > conn.since + LONGEST_ARRIVAL_SECONDS:
            raise TimeoutError
        if not has_arrived(reader):
            return False
        conn.since, conn.data_ready = None, True
        reader.until = now + LONGEST_BODY_SECONDS
        return True

    def handle_request(self, req: Any, conn: Any) -> bool:
        check_host(req)
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Any, keepalive: Any) -> bool:
        """Who still sends what nobody wanted to read must ask again on a new connection."""
        conn.parser.unreader.until = time.monotonic() + LAST_WORDS_SECONDS
        return bool(keepalive and conn.parser.finish_body(max_bytes=MOST_HELD_BYTES))

    # Where connections are accepted, nothing may wait long ----------------------

    def accept(self, listener: socket.socket) -> None:
        evenness.give_way(self)
        super().accept(listener)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(timeout)
        if self._accepting:  # type: ignore[attr-defined]
            evenness.tell(self)

    def finish_request(self, conn: Any, fs: Any) -> None:
        if conn.outcome is NOT_YET:
            self._wait(conn, self.on_pending_socket_readable)
        elif conn.outcome is False and conn.sock.fileno() >= 0:
            self._hang_up(conn)
        else:
            super().finish_request(conn, fs)

    def _wait(self, conn: Any, call: Any) -> None:
        """With the others, in the order in which their time is over."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + SILENCE_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(call, conn))

    def _hang_up(self, conn: Any) -> None:
        """Closed at once, the end of an answer could be lost: the other side is to close first."""
        conn.left = MOST_HELD_BYTES
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
        else:
            self._wait(conn, self._on_last_words)

    def _on_last_words(self, conn: Any, sock: socket.socket) -> None:
        try:
            given = len(sock.recv(conn.left))
        except BlockingIOError:
            return
        except OSError:
            given = 0
        conn.left -= given
        if not given or not conn.left:
            self.poller.unregister(sock)
            self.pending_conns.remove(conn)
            self._close(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def set_accept_enabled(self, enabled: bool) -> None:
        """When there are too many, those who ask for nothing leave, and who is longest at it."""
        super().set_accept_enabled(enabled)
        if enabled:
            evenness.tell(self)
        else:
            evenness.leave(self)
        if self.nr_conns >= self.worker_connections:
            self.murder_keepalived(force=True)  # type: ignore[call-arg]
            for conn in islice(self.pending_conns, len(self.pending_conns) // 2):
                conn.timeout = 0
            self.murder_pending()
