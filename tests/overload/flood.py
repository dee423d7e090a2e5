"""More requests than can be served, from a client that costs next to nothing: one in Python takes a
core for itself at a thousand a second, and who is timed by it waits for it.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.overload.crowd import Ask

CONNECTIONS = 256
SCRIPT = """
local asked, turn, threads = {asked}, 0, {{}}
odd = 0
setup = function(thread) table.insert(threads, thread) end
request = function() turn = turn + 1; return asked[turn % #asked + 1] end
delay = function() return {pause} end
response = function(status)
  if status ~= 200 and status ~= 303 and status ~= 429 and status ~= 503 then odd = odd + 1 end
end
done = function()
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("odd") end
  print("odd statuses: " .. all)
end
"""


class Flood:
    """`rate` is what wrk was answered a second, refusals included; `odd` counts what is no answer
    of a house that is full.
    """

    def __init__(self, asks: Sequence[Ask], host: str, folder: Path) -> None:
        self.host, self.script = host, folder / "flood.lua"
        self.asked = "{" + ",\n".join(json.dumps(ask.raw(host).decode()) for ask in asks) + "}"
        self.rate, self.odd = 0.0, 0

    def capacity(self, seconds: int) -> float:
        """Asked by as few as have their turn at once."""
        with self._coming(connections=8, pause=0, seconds=seconds):
            pass
        return self.rate

    @contextmanager
    def at(self, rate: float, seconds: int) -> Iterator[None]:
        with self._coming(CONNECTIONS, pause=int(CONNECTIONS / rate * 1000), seconds=seconds):
            yield

    @contextmanager
    def _coming(self, connections: int, pause: int, seconds: int) -> Iterator[None]:
        self.script.write_text(SCRIPT.format(asked=self.asked, pause=pause))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", self.script]
        command.append(f"http://{self.host}")
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:
            yield
            said = wrk.communicate()[0]
        rate, odd = re.search(r"Requests/sec: +([\d.]+)", said), re.search(r"odd\D+(\d+)", said)
        assert rate and odd, said
        self.rate, self.odd = float(rate[1]), int(odd[1])
