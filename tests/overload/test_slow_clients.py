"""Clients that are slow on purpose, as many as a process has threads: others are still served."""

import socket
import time
from contextlib import ExitStack, nullcontext
from http.client import HTTPConnection
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.parser import RequestParser

from community import heads
from community.bodies import MOST_HELD_BYTES
from community.serving import threads
from community.sockets import Reader
from tests.crash.settling import settle_writers

HELD_UP_SECONDS = 8  # by each of these without end, or for some seconds times their number
BUSY = 503  # as long as there is something to do for those who ask for much

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
# What each sends, and then no more.
SLOW: dict[str, bytes] = {
    "says nothing": b"",
    "begins to say what it wants": b"GET /latest HTTP/1.1\r\nHost: {host}\r\nX-",
    "begins with empty lines": b"\r\n\r\n\r\n\r\n",
    "begins to send a form": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\n" + FORM
    + b"Content-Length: 5000\r\n\r\ntext=",
    "begins to send a long form": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\n" + FORM
    + b"Content-Length: 900000\r\n\r\n" + b"a" * MOST_HELD_BYTES,
    "begins to send a form that would be given back": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\n"
    + FORM + b"Content-Length: 300000\r\n\r\n" + b"a" * MOST_HELD_BYTES,
    "wants to be told to go on": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\n" + FORM
    + b"Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n",
    "sends a form in pieces": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\n" + FORM
    + b"Transfer-Encoding: chunked\r\n\r\n5\r\naaaaa\r\n",
    "reads with a body": b"GET /latest HTTP/1.1\r\nHost: {host}\r\nContent-Length: 900000\r\n\r\n"
    + b"a" * MOST_HELD_BYTES,
    "never hangs up": b"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n",
    "never reads what it asks for": b"GET /latest HTTP/1.1\r\nHost: {host}\r\n\r\n" * 30,
    "has a head without end": b"GET / HTTP/1.1\r\n" + b"X-Much: much\r\n" * 4000,
}  # fmt: skip


def test_nobody_who_is_slow_on_purpose_keeps_others_waiting(install):
    installation, app = install()
    installation.environ["WEB_WORKERS"] = "1"
    [person, *_others], places = settle_writers(app, members=1)
    installation.start()
    late = {}
    for how, sent in SLOW.items():
        with ExitStack() as staying:
            for _one in range(threads + 10):
                staying.enter_context(slow_client(installation.port, sent))
            began = time.monotonic()
            assert ask(installation.port, "/latest", person.headers()) in (200, BUSY), how
            form = person.form(text=f"While somebody {how}.")
            address = f"/threads/{places.threads[0]}/posts"
            assert ask(installation.port, address, person.headers(), form) in (303, BUSY), how
            late[how] = round(time.monotonic() - began, 2)
    assert max(late.values()) < HELD_UP_SECONDS, late
    form = person.form(text="A long one.", padding="a" * 2 * MOST_HELD_BYTES).encode()
    pieces = iter([form[:10], form[10:]])  # without its length, that is
    assert ask(installation.port, address, person.headers(), form) == 303
    assert ask(installation.port, address, person.headers(), pieces) == 303
    assert "Traceback" not in installation.output()
    assert installation.stop() == 0


def slow_client(port: int, sent: bytes) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.setblocking(False)
    client.send(sent.replace(b"{host}", f"127.0.0.1:{port}".encode()))
    return client


def ask(port: int, path: str, headers: dict[str, str], form: Any = None) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST" if form else "GET", path, form, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
ARRIVED: dict[bytes, bool] = {
    b"": False,
    b"GET / HTTP/1.1\r\nHost: a\r\n": False,
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n": True,
    b"\r\n\r\nGET / HTTP/1.1\r\n": False,
    HEAD + b"content-length: 5\r\n\r\n1234": False,
    HEAD + b"Content-Length: 5\r\n\r\n12345": True,
    HEAD + b"Content-Length: 0\r\n\r\n": True,
    HEAD + b"Content-Length: nonsense\r\n\r\n": True,
    HEAD + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n": True,
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n": True,
    HEAD + b"Content-Length: 99999999\r\n\r\n" + b"a" * MOST_HELD_BYTES: True,
}


@pytest.mark.parametrize(("sent", "arrived"), ARRIVED.items(), ids=range(len(ARRIVED)))
def test_a_request_has_arrived_when_nobody_need_wait_for_more(sent, arrived):
    assert heads.is_here(sent) is arrived


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1.1\r\n" + b"X-Much: much\r\n" * 4000, b"\r\n" * 20_000]
)
def test_a_head_may_not_be_as_long_as_one_likes(head):
    with pytest.raises(heads.TooLong):
        heads.is_here(head)


def test_who_sends_many_requests_at_once_leaves_them_with_the_kernel():
    here, there = socket.socketpair()
    there.setblocking(False)
    many = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 4000
    there.send(many)
    reader = Reader(here)
    assert heads.has_arrived(reader)
    held = len(reader.buf.getvalue())
    there.send(many)
    assert heads.has_arrived(reader)
    assert len(reader.buf.getvalue()) == held


@pytest.mark.parametrize(
    ("sent", "is_asked"),
    [
        (b"GET / HTTP/1.1\r\nHost: guild.example\r\n\r\n", True),
        (b"GET / HTTP/1.0\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: \r\n\r\n", False),
    ],
)
def test_who_does_not_say_whom_they_ask_is_refused(sent, is_asked):
    [request] = RequestParser(Config(), [sent], ("127.0.0.1", 1))
    with nullcontext() if is_asked else pytest.raises(InvalidHeader):
        heads.check_host(request)
