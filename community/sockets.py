"""What a thread may wait for at a client's socket: not for long, nor all of them at once."""

import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from gunicorn.http.unreader import SocketUnreader

from community.bodies import MOST_HELD_BYTES
from community.serving import SEND_BUFFER_BYTES, SLOW_READERS

# For the next piece of what is long, in either direction.
LONGEST_WAIT_SECONDS = 10.0

_slow = BoundedSemaphore(SLOW_READERS)


class Reader(SocketUnreader):
    """Where gunicorn's parser reads from; past `until` nobody waits for more."""

    until = 0.0

    def take_what_is_there(self) -> bool:
        """Without waiting; `False` if nothing more will come."""
        try:
            given = self.sock.recv(MOST_HELD_BYTES, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        self.buf.seek(0, 2)
        self.buf.write(given)
        return bool(given)

    def chunk(self, size_hint: int | None = None) -> bytes:
        left = min(self.until - time.monotonic(), LONGEST_WAIT_SECONDS)
        if left <= 0:
            raise TimeoutError
        with waiting(self.sock, left):
            return super().chunk(size_hint)  # type: ignore[call-arg]


class Socket(socket.socket):
    """A client's, taken over from the one that was accepted; blocking, unless we say otherwise."""

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        try:
            sent = self.send(data, flags | socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        if sent < len(data):
            with self._read_slowly():
                super().sendall(memoryview(data)[sent:], flags)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        if count is not None and count <= SEND_BUFFER_BYTES:
            return super().sendfile(file, offset, count)
        with self._read_slowly():
            return super().sendfile(file, offset, count)

    @contextmanager
    def _read_slowly(self) -> Iterator[None]:
        """Ends like a connection that broke: gunicorn knows what to do then."""
        if not _slow.acquire(blocking=False):
            raise ConnectionResetError(errno.ECONNRESET, "too many read slowly")
        try:
            with waiting(self, LONGEST_WAIT_SECONDS):
                yield
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "it was not read in time") from None
        finally:
            _slow.release()


@contextmanager
def waiting(sock: socket.socket, seconds: float) -> Iterator[None]:
    sock.settimeout(seconds)
    try:
        yield
    finally:
        sock.settimeout(None)


def send_at_once(sock: socket.socket, answer: bytes) -> bool:
    """Whether all of it found room with the kernel; nobody waits for who does not read."""
    try:
        return sock.send(answer, socket.MSG_DONTWAIT) == len(answer)
    except OSError:
        return False


def taken_over(accepted: socket.socket) -> Socket:
    family, kind, protocol = accepted.family, accepted.type, accepted.proto
    return Socket(family, kind, protocol, fileno=accepted.detach())
