"""Asking a server as often as it answers: wrk where it is installed, else a small client here."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.servers import Server

CONNECTIONS = 16
SCRIPT = """
local asked, turn = {requests}, 0
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
    """Answers a second, and the workers' CPU seconds for each."""

    rate: float
    cpu: float


class Load:
    """The same requests in turn, over and over, against one server."""

    def __init__(self, server: Server, requests: Sequence[Request], folder: Path) -> None:
        self.server, self.requests = server, requests
        self.script = Path(tempfile.mkstemp(suffix=".lua", dir=folder)[1])
        raw = [json.dumps(_raw(server, request)) for request in requests]
        self.script.write_text(SCRIPT.format(requests="{" + ",\n".join(raw) + "}"))

    def run(self, seconds: int) -> Sample:
        ask = self._with_wrk if shutil.which("wrk") else self._by_hand
        before, began = self.server.cpu_seconds(), time.monotonic()
        answers = ask(seconds)
        took, used = time.monotonic() - began, self.server.cpu_seconds() - before
        return Sample(answers / took, used / max(answers, 1))

    def _with_wrk(self, seconds: int) -> int:
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s"]
        command += ["-s", str(self.script), f"http://127.0.0.1:{self.server.port}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in said, f"{self.requests[0].path}: {said}"
        found = re.search(r"(\d+) requests in", said)
        assert found, said
        return int(found[1])

    def _by_hand(self, seconds: int) -> int:
        turns, counted = itertools.cycle(self.requests), itertools.count()
        until = time.monotonic() + seconds
        asking = [
            threading.Thread(target=self._ask, args=(turns, counted, until))
            for _connection in range(CONNECTIONS)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        return next(counted)

    def _ask(self, turns: itertools.cycle, counted: itertools.count, until: float) -> None:
        connection = HTTPConnection("127.0.0.1", self.server.port)
        while time.monotonic() < until:
            request = next(turns)
            connection.request("GET", request.path, headers={"Cookie": request.cookie})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, request.path
            next(counted)
        connection.close()


def _raw(server: Server, request: Request) -> str:
    lines = [f"GET {request.path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += ["User-Agent: Mozilla/5.0", "Accept: text/html"]
    lines += [f"Cookie: {request.cookie}"] if request.cookie else []
    return "\r\n".join([*lines, "", ""])
