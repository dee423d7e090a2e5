"""Replies: how long each takes from click to answer, and a steady stream of them."""

import statistics
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.pages import Plan
from bench.servers import Server

A_SECOND = 20
TEXT = "A reply with **some** Markdown, a [link](https://example.org) and\n\n- a list\n- of two"


@dataclass(frozen=True)
class Taken:
    """Milliseconds."""

    p50: float
    p99: float


class Replier:
    """Sends replies one after the other, each by the next member into the next thread."""

    def __init__(self, server: Server, plan: Plan, first: int = 0) -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.plan, self.turn = plan, first

    def reply(self) -> float:
        """Milliseconds until it was acknowledged."""
        person = self.plan.people[self.turn % len(self.plan.people)]
        thread = self.plan.threads[self.turn % len(self.plan.threads)]
        self.turn += 1
        body = person.form(text=TEXT, submission=uuid.uuid4().hex)
        began = time.perf_counter()
        self.connection.request("POST", f"/threads/{thread}/posts", body, person.headers())
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        return (time.perf_counter() - began) * 1000


def one_at_a_time(server: Server, plan: Plan, *, count: int = 300) -> Taken:
    replier = Replier(server, plan)
    return _taken([replier.reply() for _reply in range(count)][count // 10 :])


def at_once(server: Server, plan: Plan, *, clients: int = 8, each: int = 60) -> Taken:
    repliers = [Replier(server, plan, first=25 * number) for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        done = pool.map(lambda replier: [replier.reply() for _reply in range(each)], repliers)
        return _taken([one for times in done for one in times])


def _taken(times: list[float]) -> Taken:
    cuts = statistics.quantiles(times, n=100)
    return Taken(cuts[49], cuts[98])


@contextmanager
def steadily(server: Server, plan: Plan) -> Iterator[None]:
    """Twenty replies a second while the block runs."""
    ending = threading.Event()
    thread = threading.Thread(target=_write_until, args=(ending, Replier(server, plan)))
    thread.start()
    yield
    ending.set()
    thread.join()


def _write_until(ending: threading.Event, replier: Replier) -> None:
    while not ending.wait(1 / A_SECOND):
        try:
            replier.reply()
        except AssertionError:
            continue  # over somebody's limit: the next one writes
