"""Messages between the parent and its child: JSON behind four bytes of length.

Never pickles: whatever a text might do to the child, it cannot make the parent run anything.
"""

import json
import socket
import struct

_LENGTH = struct.Struct("!I")


def send(line: socket.socket, message: dict) -> None:
    """One message, whole."""
    body = json.dumps(message).encode()
    line.sendall(_LENGTH.pack(len(body)) + body)


def receive(line: socket.socket) -> dict | None:
    """The next message, or None when the other end is gone."""
    head = _read(line, _LENGTH.size)
    body = head and _read(line, _LENGTH.unpack(head)[0])
    return json.loads(body) if body else None


def _read(line: socket.socket, size: int) -> bytes | None:
    pieces = bytearray()
    while len(pieces) < size:
        piece = line.recv(min(size - len(pieces), 1 << 16))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)
