"""Measuring: hello and the pages in turn, best against best, so that only ratios remain."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import Load, Request, Sample
from bench.pages import Page, Plan
from bench.servers import Server
from bench.table import Row, part_of_hello
from bench.writing import steadily

TICK = 1e-6
MOST_WARMING, ENOUGH_IN_VAIN, BETTER = 12, 3, 0.9
HOT, VISITS = 20, 8  # pages that few share are not visited before they are measured


@dataclass
class Measured:
    """One page as one kind of reader asks for it: its first second, and what it came to."""

    page: Page
    who: str
    load: Load
    budget: float
    first: Sample | None = None
    samples: list[Sample] = field(default_factory=list)

    def warm(self) -> None:
        """Until three more seconds bring no more: all is kept by then, and known to be alike."""
        self.first = best = self.load.run(1)
        in_vain = 0 if self._is_hot else ENOUGH_IN_VAIN
        for _round in range(MOST_WARMING):
            if in_vain == ENOUGH_IN_VAIN:
                return
            self.visit()
            now = self.load.run(1)
            in_vain = 0 if now.cpu < BETTER * best.cpu else in_vain + 1
            best = min(best, now, key=lambda one: one.cpu)

    @property
    def _is_hot(self) -> bool:
        return len(self.page.paths) <= HOT

    def visit(self) -> None:
        """Have made what the round before outdated."""
        if self._is_hot:
            self.load.visit(VISITS * (len(self.page.paths) + 1))

    def measure(self, server: Server, plan: Plan, seconds: int) -> None:
        self.visit()
        self.samples.append(self.load.run(seconds))

    def row(self, hello: list[Sample]) -> Row:
        best, cpu = _best(self.samples), _cheapest(self.samples)
        said = [f"{best:.0f}/s", f"{cpu * 1000:.2f} ms CPU", *self.remarks()]
        name = f"{self.page.name}, {self.who}"
        parts = best / _best(hello), _cheapest(hello) / cpu
        return part_of_hello(name, *parts, self.budget, ", ".join(said))

    def remarks(self) -> list[str]:
        said = [f"first second {self.first.rate:.0f}/s"] if self.first else []
        refused = sum(one.refused for one in self.samples)
        return [*said, f"{refused} sent away"] if refused else said


class UnderWrites(Measured):
    """Warm already: it is measured after the same page without writes."""

    wrote: float = 0

    def warm(self) -> None:
        pass

    def measure(self, server: Server, plan: Plan, seconds: int) -> None:
        self.visit()
        with steadily(server, plan) as written:
            began = time.monotonic()
            self.samples.append(self.load.run_beside_others(seconds))
            self.wrote = max(self.wrote, len(written) / (time.monotonic() - began))
        server.rest()

    def remarks(self) -> list[str]:
        return [*super().remarks(), f"{self.wrote:.0f} writes/s seen"]


def against_hello(
    hello: Server, app: Server, plan: Plan, folder: Path, *, cycles: int, seconds: int
) -> Iterator[Row]:
    """Round robin: a second of hello, then each way of asking for one page."""
    greeting, greetings = Load(hello, [Request("/")], folder), list[Sample]()
    every = [list(_ways(page, plan, app, folder)) for page in plan.pages]
    greeting.run(1)
    for ways in every:
        for way in ways:
            way.warm()
    for _cycle in range(cycles):
        for ways in every:
            greetings.append(greeting.run(1))
            for way in ways:
                way.measure(app, plan, seconds)
    cheapest = f"{_cheapest(greetings) * 1000:.2f} ms CPU, {os.cpu_count()} cores"
    yield Row("bare Flask, hello", f"{_best(greetings):.0f}/s", remarks=cheapest)
    for ways in every:
        yield from (way.row(greetings) for way in ways)


def _best(samples: list[Sample]) -> float:
    return max(one.rate for one in samples)


def _cheapest(samples: list[Sample]) -> float:
    return max(TICK, min(one.cpu for one in samples))


def _ways(page: Page, plan: Plan, app: Server, folder: Path) -> Iterator[Measured]:
    if page.anonymous:
        load = Load(app, plan.requests(page, signed_in=False), folder)
        yield Measured(page, "visitor", load, page.anonymous)
    if page.signed_in:
        load = Load(app, plan.requests(page, signed_in=True), folder)
        yield Measured(page, "member", load, page.signed_in)
        if page.written:
            yield UnderWrites(page, "member, 20 writes/s", load, page.signed_in)
