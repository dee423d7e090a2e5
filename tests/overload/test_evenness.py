"""Who comes in a rush and stays finds all processes at work."""

import time
from collections import Counter
from contextlib import ExitStack
from http.client import HTTPConnection

from bench.servers import Server, running

CLIENTS, TIMES, PATIENCE_SECONDS = 16, 20, 20


def test_those_who_come_at_once_are_spread_over_all_processes(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "2")
    server = Server("tests.overload.who:app")
    with running(server):
        until, found = time.monotonic() + PATIENCE_SECONDS, set()
        while len(found) < 2:
            assert time.monotonic() < until, "one process alone answers"
            with ExitStack() as leaving:
                found |= answered_by(server, 4, leaving).keys()
        even = 0
        for _time in range(TIMES):
            server.rest()
            with ExitStack() as staying:
                counts = answered_by(server, CLIENTS, staying)
            even += len(counts) == 2 and min(counts.values()) >= CLIENTS // 2 - 2
    assert even >= TIMES * 2 // 3, f"{even} of {TIMES} times"


def answered_by(server: Server, clients: int, staying: ExitStack) -> Counter[bytes]:
    """Which processes answer so many, who come at once and keep their connections open."""
    connections = [HTTPConnection("127.0.0.1", server.port, timeout=10) for _one in range(clients)]
    for connection in connections:
        staying.callback(connection.close)
        connection.connect()
    for connection in connections:
        connection.request("GET", "/")
    return Counter(connection.getresponse().read() for connection in connections)
