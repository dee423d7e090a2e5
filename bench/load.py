"""Asking a server as often as it answers: wrk where it is installed, else a small client here."""

import json
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar

from bench.servers import Server

T = TypeVar("T")

CONNECTIONS, BY_HAND = 16, 4
BUSY, PATIENCE_SECONDS = 503, 60
SCRIPT = """
local asked, turn = {requests}, 0
init = function(arguments)
  turn = tonumber(arguments[1])
end
request = function()
  turn = turn + 1
  return asked[turn % #asked + 1]
end
"""


@dataclass(frozen=True)
class Request:
    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Sample:
    """Answers a second, the workers' CPU seconds for each, and how many were sent away (503)."""

    rate: float
    cpu: float
    refused: int = 0


@dataclass(frozen=True)
class Counted:
    answers: int
    refused: int
    seconds: float


class Load:
    """The same requests in turn, over and over, against one server; a run goes on where the last
    one stopped, so that what is to be missed is missed.
    """

    def __init__(self, server: Server, requests: Sequence[Request], folder: Path) -> None:
        self.server, self.requests, self.turn = server, requests, 0
        self.script = Path(tempfile.mkstemp(suffix=".lua", dir=folder)[1])
        raw = [json.dumps(_raw(server, request)) for request in requests]
        self.script.write_text(SCRIPT.format(requests="{" + ",\n".join(raw) + "}"))

    def run(self, seconds: int) -> Sample:
        """From a server that is idle to one that is idle again: no line is left to the next."""
        self.server.rest()
        sample = self.run_beside_others(seconds)
        self.server.rest()
        return sample

    def run_beside_others(self, seconds: int) -> Sample:
        ask = self._with_wrk if shutil.which("wrk") else self._by_hand
        before = self.server.cpu_seconds()
        counted = ask(seconds)
        used = self.server.cpu_seconds() - before
        asked = counted.answers + counted.refused
        self.turn += asked
        return Sample(counted.answers / counted.seconds, used / max(asked, 1), counted.refused)

    def visit(self, count: int) -> None:
        """Ask for the next few by hand until each is answered, whoever is sent away before."""
        self.server.rest()
        asked = [self._next(number) for number in range(count)]
        self.turn += count
        _together(lambda number: self._visit(asked[number::BY_HAND]), BY_HAND)
        self.server.rest()

    def _next(self, number: int) -> Request:
        return self.requests[(self.turn + number) % len(self.requests)]

    def _visit(self, asked: Sequence[Request]) -> None:
        connection, until = self._connect(), time.monotonic() + PATIENCE_SECONDS
        for request in asked:
            while (status := _status(connection, request)) == BUSY and time.monotonic() < until:
                time.sleep(0.1)
            assert status == 200, (request.path, status)
        connection.close()

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE_SECONDS)

    def _with_wrk(self, seconds: int) -> Counted:
        """wrk counts what is not answered well, whatever it was: then the page is looked at."""
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "30"]
        command += ["-s", str(self.script), f"http://127.0.0.1:{self.server.port}"]
        command += ["--", str(self.turn)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"(\d+) requests in ([\d.]+)(m?s)", said)
        assert found, said
        refusals = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        refused = int(refusals[1]) if refusals else 0
        if refused:
            self.server.rest()
            self._visit([self._next(0)])
        took = float(found[2]) / (1000 if found[3] == "ms" else 1)
        return Counted(int(found[1]) - refused, refused, took)

    def _by_hand(self, seconds: int) -> Counted:
        until = time.monotonic() + seconds
        statuses = sum(_together(lambda first: self._ask(first, until), CONNECTIONS), Counter())
        assert set(statuses) <= {200, BUSY}, statuses
        return Counted(statuses[200], statuses[BUSY], seconds)

    def _ask(self, first: int, until: float) -> Counter[int]:
        connection, turn, statuses = self._connect(), first, Counter[int]()
        while time.monotonic() < until:
            statuses[_status(connection, self._next(turn))] += 1
            turn += CONNECTIONS
        connection.close()
        return statuses


def _together(work: Callable[[int], T], count: int) -> list[T]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def _status(connection: HTTPConnection, request: Request) -> int:
    headers = {"User-Agent": "Mozilla/5.0", "Accept": "text/html"}
    headers |= {"Cookie": request.cookie} if request.cookie else {}
    connection.request("GET", request.path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _raw(server: Server, request: Request) -> str:
    lines = [f"GET {request.path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += ["User-Agent: Mozilla/5.0", "Accept: text/html"]
    lines += [f"Cookie: {request.cookie}"] if request.cookie else []
    return "\r\n".join([*lines, "", ""])
