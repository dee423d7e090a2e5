"""The head of a request: whether it has arrived, and what it says, before a thread looks at it."""

import re
from typing import Any

from gunicorn.http.errors import InvalidHeader

from community.bodies import MOST_HELD_BYTES
from community.sockets import Reader

MOST_HEAD_BYTES = 32 * 1024
# No browser says more; who does is looked at by a thread, where nobody else waits for that.
MOST_PLAIN_BYTES = 8 * 1024

LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})", re.IGNORECASE)
WAITS_FOR_US = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
# Nothing that some server on the way could take for the end of a line, or of a word.
ADDRESS = re.compile(r"/[^\x00-\x20\x7f]*")
# More follows, or something else than an answer is wanted.
NOT_PLAIN = {"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE"}


class TooLong(ValueError):
    """The head of a request."""


def check_host(request: Any) -> None:
    """Who speaks HTTP/1.1 must name the host they ask: else they are taken to ask us."""
    if request.version >= (1, 1) and not any(of for name, of in request.headers if name == "HOST"):
        raise InvalidHeader("HOST", req=request)


def has_arrived(reader: Reader) -> bool:
    """Who sends many requests at once leaves those behind the next with the kernel."""
    if is_here(reader.buf.getvalue()):
        return True
    return not reader.take_what_is_there() or is_here(reader.buf.getvalue())


def is_here(request: bytes) -> bool:
    """Whether the head has arrived, and as much of what follows as is waited for."""
    if request.endswith(b"\r\n\r\n") and request.startswith(b"GET "):
        return True
    head, blank, body = request.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if len(request) - len(body) > MOST_HEAD_BYTES:  # with the empty lines before it
        raise TooLong
    if not blank:
        return False
    length = LENGTH.search(head)
    if not length or WAITS_FOR_US.search(head):
        return True
    return len(body) >= min(int(length[1]), MOST_HELD_BYTES)


def plain_reading(request: bytes) -> dict[str, str] | None:
    """What an application is told of somebody who only reads, but for the address, which is as it
    was sent; None where gunicorn's parser has to look.
    """
    if len(request) > MOST_PLAIN_BYTES:
        return None
    head, blank, more = request.partition(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").split("\r\n")
    method, _space, rest = line.partition(" ")
    target, _space, protocol = rest.rpartition(" ")
    if method != "GET" or not ADDRESS.fullmatch(target) or not blank or more:
        return None
    path, _mark, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SERVER_PROTOCOL": protocol,
        "PATH_INFO": path,
        "QUERY_STRING": query,
    }
    for field in fields:
        name, _colon, value = field.partition(":")
        known = f"HTTP_{name.upper().replace('-', '_')}"
        if not NAME.fullmatch(name) or known in environ or "\n" in value or "\r" in value:
            return None
        environ[known] = value.strip()
    has_body = environ.pop("HTTP_CONTENT_LENGTH", "0") != "0"
    return None if has_body or NOT_PLAIN & environ.keys() else environ


def stays_after(environ: dict[str, str]) -> bool:
    """Whether the next request comes over the same connection."""
    wish = environ.get("HTTP_CONNECTION", "").lower()
    return environ["SERVER_PROTOCOL"] == "HTTP/1.1" and "close" not in wish
