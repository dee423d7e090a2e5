"""Many people who ask whether or not the others have been answered, as people do."""

import asyncio
import itertools
import os
import statistics
import time
from collections import Counter
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.crash.settling import Person

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Ask:
    """`mark`: what the answer must hold wherever the ask was turned away."""

    path: str
    person: Person
    body: str = ""
    mark: str = ""

    def raw(self, host: str) -> bytes:
        lines = [f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.person.headers().items()]
        lines += ["User-Agent: Mozilla/5.0", "Accept: text/html", "Connection: close"]
        lines += [f"Content-Length: {len(self.body)}", "", self.body]
        return "\r\n".join(lines).encode()


@dataclass(frozen=True)
class Answer:
    """Status 0: none came. `at` is when it was asked, in seconds since the crowd came."""

    ask: Ask
    at: float
    seconds: float
    status: int
    head: str
    body: str

    @property
    def turned_away(self) -> bool:
        return self.status in (429, 503)


class Crowd:
    def __init__(self, address: str, port: int, asks: Iterable[Ask], *, host: str = "") -> None:
        self.address, self.port = address, port
        self.host = host or f"{address}:{port}"
        self.asks = iter(asks)
        self.answers: list[Answer] = []

    def patient(self, people: int, seconds: float) -> list[Answer]:
        """Each asks again when answered: as many as are served, and no more."""
        return _in_a_loop(self._patient(people, seconds))

    def impatient(self, rate: float, seconds: float) -> list[Answer]:
        """So many a second, whatever becomes of them; where that is allowed, none of them waits for
        a processor among those who serve.
        """
        return _in_a_loop(self._impatient(rate, seconds), first=True)

    async def _patient(self, people: int, seconds: float) -> list[Answer]:
        self._come()

        async def one() -> None:
            while time.monotonic() < self.came + seconds:
                await self._ask(next(self.asks))

        await asyncio.gather(*[one() for _person in range(people)])
        return self.answers

    async def _impatient(self, rate: float, seconds: float) -> list[Answer]:
        self._come()
        asking = []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(self.came + number / rate - time.monotonic())
            asking.append(asyncio.create_task(self._ask(next(self.asks))))
        await asyncio.gather(*asking)
        return self.answers

    def _come(self) -> None:
        self.came, self.answers = time.monotonic(), []

    async def _ask(self, ask: Ask) -> None:
        began = time.monotonic()
        try:
            said = await asyncio.wait_for(self._exchange(ask), PATIENCE_SECONDS)
        except (OSError, TimeoutError):
            said = b""
        taken = time.monotonic() - began
        head, _blank, body = said.decode(errors="replace").partition("\r\n\r\n")
        status = int(head.split(" ", 2)[1]) if head else 0
        self.answers.append(Answer(ask, began - self.came, taken, status, head, body))

    async def _exchange(self, ask: Ask) -> bytes:
        reader, writer = await asyncio.open_connection(self.address, self.port)
        try:
            writer.write(ask.raw(self.host))
            return await reader.read()
        finally:
            writer.close()


def everyone_in_turn(people: Sequence[Person], asks_of: Sequence) -> Iterator[Ask]:
    """Endless: the next kind of ask by the next person."""
    kinds, persons = itertools.cycle(asks_of), itertools.cycle(people)
    return (kind(person) for kind, person in zip(kinds, persons, strict=False))


def statuses(answers: Sequence[Answer]) -> dict[int, int]:
    return dict(Counter(answer.status for answer in answers))


def percentile(answers: Sequence[Answer], percent: int) -> float:
    """Milliseconds."""
    times = [answer.seconds * 1000 for answer in answers]
    return statistics.quantiles(times, n=100)[percent - 1] if len(times) > 1 else sum(times)


def _in_a_loop(work: Coroutine[Any, Any, list[Answer]], *, first: bool = False) -> list[Answer]:
    """In a thread of its own: a browser's test may have left a loop in this one."""
    with ThreadPoolExecutor(1, initializer=_go_first if first else None) as alone:
        return alone.submit(asyncio.run, work).result()


def _go_first() -> None:
    """On Linux, this thread alone."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
