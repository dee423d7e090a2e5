"""Replies: how long each takes from click to answer, and a steady stream of them."""

import itertools
import statistics
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.pages import Plan
from bench.servers import Server

A_SECOND, WRITERS, MOST_REFUSED = 20, 8, 200
TEXT = "A reply with **some** Markdown, a [link](https://example.org) and\n\n- a list\n- of two"


@dataclass(frozen=True)
class Taken:
    """Milliseconds."""

    p50: float
    p99: float
    rate: float
    refused: int

    @property
    def remarks(self) -> str:
        said = f"p50 {self.p50:.1f}, p99 {self.p99:.1f} ms, {self.rate:.0f}/s"
        return f"{said}, {self.refused} sent away" if self.refused else said


class Refused(Exception):
    """By somebody's limit, or at the door."""


class Replier:
    """Sends replies one after the other, each by the next member into the next thread."""

    def __init__(self, server: Server, plan: Plan, first: int = 0) -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.plan, self.turn = plan, first
        self.alone, self.refused = threading.Lock(), 0

    def close(self) -> None:
        self.connection.close()

    def replies(self, count: int) -> list[float]:
        """Of those that were taken; who is sent away comes back a little later."""
        taken: list[float] = []
        while len(taken) < count:
            try:
                taken.append(self.reply())
            except Refused:
                self.refused += 1
                assert self.refused < MOST_REFUSED, "hardly any reply is taken"
                time.sleep(0.05)
        return taken

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
        if answer.status in (429, 503):
            raise Refused(answer.status)
        assert answer.status == 303, answer.status
        return (time.perf_counter() - began) * 1000


def one_at_a_time(server: Server, plan: Plan, *, count: int = 300) -> Taken:
    return _taken(server, plan, clients=1, each=count)


def at_once(server: Server, plan: Plan, *, clients: int = 8, each: int = 60) -> Taken:
    return _taken(server, plan, clients=clients, each=each)


def _taken(server: Server, plan: Plan, *, clients: int, each: int) -> Taken:
    """Without the first tenth, which finds everything cold."""
    server.rest()
    with ExitStack() as ending, ThreadPoolExecutor(clients) as pool:
        repliers = [Replier(server, plan, first=25 * number) for number in range(clients)]
        for replier in repliers:
            ending.callback(replier.close)
        for replier in repliers:
            replier.replies(each // 10)
        began = time.monotonic()
        done = list(pool.map(lambda replier: replier.replies(each), repliers))
        rate = clients * each / (time.monotonic() - began)
    cuts = statistics.quantiles([one for times in done for one in times], n=100)
    return Taken(cuts[49], cuts[98], rate, sum(replier.refused for replier in repliers))


@contextmanager
def steadily(server: Server, plan: Plan) -> Iterator[list[float]]:
    """Twenty replies a second while the block runs, however long each takes: the times taken."""
    written: list[float] = []
    ending = threading.Event()
    thread = threading.Thread(target=_write_until, args=(ending, server, plan, written))
    thread.start()
    try:
        yield written
    finally:
        ending.set()
        thread.join()


def _write_until(ending: threading.Event, server: Server, plan: Plan, written: list[float]) -> None:
    repliers = [Replier(server, plan, first=25 * number) for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        for replier in itertools.cycle(repliers):
            if ending.wait(1 / A_SECOND):
                break
            pool.submit(_write, replier, written)
    for replier in repliers:
        replier.close()


def _write(replier: Replier, written: list[float]) -> None:
    """Somebody over their limit is sent away, and so is who finds too many in line."""
    with suppress(Refused), replier.alone:
        written.append(replier.reply())
