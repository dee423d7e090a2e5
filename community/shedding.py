"""Load shedding: who only reads and finds the house full is told so where connections are accepted.

Without a thread: that would have to wait for its turn among those at work inside, and keep them
from it.
"""

from concurrent.futures import Future
from typing import Any

from community import evenness
from community.admission import Door, is_always_open
from community.connections import NOT_YET, Worker
from community.heads import plain_reading, stays_after
from community.sockets import send_at_once

DONE: Future[bool] = Future()
DONE.set_result(True)


class SheddingWorker(Worker):
    """`coming` are those that were given to a thread and do not stand at the door yet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.coming: set[Any] = set()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.door: Door | None = getattr(self.wsgi, "extensions", {}).get("door")

    def handle(self, conn: Any) -> Any:
        """In a thread."""
        try:
            return super().handle(conn)
        finally:
            self.coming.discard(conn)

    def handle_request(self, req: Any, conn: Any) -> bool:
        self.coming.discard(conn)
        return super().handle_request(req, conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Nobody gives way to a process that turns people away: all would wait longer for that."""
        super().wait_for_and_dispatch_events(timeout)
        if self.door and self.door.reading.is_long():
            evenness.leave(self)

    def enqueue_req(self, conn: Any) -> None:
        if self._needs_no_thread(conn):
            self.finish_request(conn, DONE)
        else:
            self.coming.add(conn)
            super().enqueue_req(conn)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Whoever is turned away and may ask again stays where they are."""
        if not self._needs_no_thread(conn):
            super().on_client_socket_readable(conn, client)
            return
        self.keepalived_conns.remove(conn)
        if conn.outcome is True:
            conn.set_timeout()
            self.keepalived_conns.append(conn)
        else:
            self.poller.unregister(client)
            self.finish_request(conn, DONE)

    def _needs_no_thread(self, conn: Any) -> bool:
        """Who is turned away here, or has not said yet what they want."""
        door = self.door
        # Who is on the way may want something else than to read: that matters only to a long line.
        if not door or not door.reading.is_long() or door.reading.room() > len(self.coming):
            return False
        if self.cfg.is_ssl or not self.alive:
            return False
        try:
            if not self.has_arrived(conn):
                conn.outcome = NOT_YET
                return True
            environ = plain_reading(conn.parser.unreader.buf.getvalue())
            if not environ or is_always_open(environ):
                return False
            answer = door.come_back.written(environ, stays=stays_after(environ))
        except Exception:  # a thread finds out again, and says so
            return False
        conn.parser.unreader.take_buffered()
        conn.outcome = send_at_once(conn.sock, answer) and stays_after(environ)
        return True
